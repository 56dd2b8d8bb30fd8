import {expect, test} from "vitest";
import {parseJson} from "../../pipeline/ocds/json.ts";

test.each([
  ["a colon behind a quotation mark inside a string", String.raw`{"a": "b\": c", "d": ": e"}`, {}],
  ["a key that ends in an escaped backslash", String.raw`{"a\\": 1, "b": {"a\\": 2}}`, {}],
  ["an identifier with the letter e between digits", '{"id": "12e345-9", "n": 1}', {}],
  ["a key twice", '{"a": 1, "b": [{"c": 1, "c": 2}]}', {"repeated-key-last-kept": 1}],
  ["a key twice, once with white space before its colon", '{"a" \n: 1, "a": 2}', {"repeated-key-last-kept": 1}],
  ["a key twice that ends in an escaped backslash", String.raw`{"a\\": 1, "a\\": 2}`, {"repeated-key-last-kept": 1}],
  ["a number too large to be one", '{"a": 1e9999}', {"number-too-large": 1}],
  ["a number too large in a list", '{"a": [2, -1E+400]}', {"number-too-large": 1}]
])("repairs of JSON: %s", (_what, text, repairs) => {
  expect(parseJson(text).repairs).toEqual(repairs);
});

test("a number too large becomes null, and everything else stays", () => {
  expect(parseJson('{"a": [2, 1e9999], "b": "1e9999"}').value).toEqual({a: [2, null], b: "1e9999"});
});
