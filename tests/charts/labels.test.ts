import fc from "fast-check";
import {expect, test} from "vitest";
import {placed, wrapped} from "../../src/components/labels.ts";

const room = {fontSize: 10, left: 0, right: 300, top: 0, bottom: 100};

test("a label stands right of its dot, left where the right is taken or the edge is near, and not at all where it would cover another", () => {
  expect(placed([{words: "SYNTHETIC", x: 50, y: 50}], room)).toEqual([
    {words: "SYNTHETIC", x: 58, y: 50, anchor: "start"}
  ]);
  expect(placed([{words: "SYNTHETIC", x: 280, y: 50}], room)).toEqual([
    {words: "SYNTHETIC", x: 272, y: 50, anchor: "end"}
  ]);
  const pile = Array.from({length: 9}, () => ({words: "SYNTHETIC", x: 150, y: 50}));
  expect(placed(pile, room).map(({anchor}) => anchor)).toEqual(["start", "end", "middle", "middle"]);
});

test("a label turns to the side where it covers no other dot", () => {
  const point = {words: "SYNTHETIC", x: 150, y: 50};
  const right = {x: 180, y: 52};
  expect(placed([point], room, [point, right])[0]!.anchor).toBe("end");
  expect(placed([point], room, [point, right, {x: 120, y: 48}])[0]).toMatchObject({anchor: "middle", y: 37}); // above, by 1.3 lines of 10
});

test("at an edge a label in whose way another dot is stands above, moved into the room", () => {
  const [x, y] = [5, 50];
  const [label] = placed([{words: "SYNTHETIC", x, y}], room, [
    {x, y},
    {x: 30, y}
  ]);
  expect(label).toMatchObject({y: 37, anchor: "middle"});
  expect(label!.x).toBeCloseTo(25.2, 10); // 9 letters of 5.6 are 50.4 wide
});

test("no label leaves the room, and no two share a line and a place", () => {
  const point = fc.record({
    words: fc.constantFrom("Ash", "Barley Cross", "SYNTHETIC"),
    x: fc.integer({min: 0, max: 300}),
    y: fc.integer({min: 0, max: 100})
  });
  fc.assert(
    fc.property(fc.array(point, {maxLength: 12}), (points) => {
      const spans = placed(points, room).map(({words, x, y, anchor}) => {
        const width = words.length * 5.6; // the width that a letter is taken to have: 0.56 of its size
        const from = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
        return {from, to: from + width, y};
      });
      for (const [i, a] of spans.entries()) {
        expect(a.from >= 0 && a.to <= 300.001).toBe(true);
        for (const b of spans.slice(i + 1))
          expect(Math.abs(a.y - b.y) >= 10 || a.to < b.from || b.to < a.from).toBe(true);
      }
    })
  );
});

test("words break between words, and a word that is too long has a line to itself", () => {
  expect(wrapped("Environmental and regulatory services", 22)).toEqual(["Environmental and", "regulatory services"]);
  expect(wrapped("Bournemouth", 5)).toEqual(["Bournemouth"]);
});
