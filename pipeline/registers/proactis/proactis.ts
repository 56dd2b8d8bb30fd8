import type {Recognised} from "../../formats/recognise.ts";
import {defineRegister, type Register} from "../register.ts";

// Public Contracts Scotland and Sell2Wales run on the same software (Proactis): one month and one notice type a call, no
// pages, no key. What differs is the host, the numbers of the notice types and a language.

const ABOVE_THRESHOLD = [1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 24, 25]; // the forms of the Official Journal

interface Proactis
  extends Pick<Register, "id" | "title" | "publisher" | "documentation" | "publishedSince" | "caveats"> {
  readonly attribution: string;
  readonly base: string;
  readonly ocidPrefix: string;
  readonly ownTypes: readonly number[]; // below threshold; their labels differ between sources, so a release's tag is trusted
  readonly parameters: string; // what this register asks for besides month and type
  readonly notTriedLive: string;
}

/** A register on this software. */
export function proactisRegister(own: Proactis): Register {
  const {base, ocidPrefix, ownTypes, parameters, notTriedLive, ...declared} = own;
  const ocid = new RegExp(`^(${ocidPrefix}-[0-9A-Za-z]+)`);
  return defineRegister({
    ...declared,
    licence: "OGL-UK-3.0",
    encoding: {},
    noticeUrl(releaseId) {
      const found = ocid.exec(releaseId)?.[1];
      return found === undefined ? null : `${base}/v1/Notice?id=${found}${parameters}`;
    },
    reads: (file) => (isEmptyPackage(file) ? [] : null),
    completes: withReleaseId,
    live: {
      base,
      pace: {
        secondsBetween: 10,
        because: "No limit is published. Library clients are refused with 403, so it is asked slowly and by name."
      },
      paging: {
        kind: "periods",
        each: "month",
        addresses: (month) =>
          [...ABOVE_THRESHOLD, ...ownTypes].map((type) => {
            const [year, number] = month.split("-");
            return `/v1/Notices?dateFrom=${number}-${year}&noticeType=${type}&outputType=0${parameters}`;
          })
      },
      silenceIsFailure: true,
      notTriedLive
    }
  });
}

const PACKAGE_KEYS = "uri version publishedDate publisher license publicationPolicy extensions links".split(" ");

/** A month without notices of a type comes as a package without "releases": nothing but the shell of a package is believed. */
function isEmptyPackage(file: Recognised): boolean {
  if (file.format !== "json" || file.bytes.length > 4096) return false;
  const value = parsed(file.bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return (keys.includes("uri") || keys.includes("version")) && keys.every((key) => PACKAGE_KEYS.includes(key));
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null; // the common reader says what is wrong with it
  }
}

/** Releases of 2019 carry no id: process, day and tags are then the nearest to one. */
function withReleaseId(body: unknown): unknown {
  if (typeof body !== "object" || body === null || "id" in body) return body;
  const {ocid, date, tag} = body as {ocid?: unknown; date?: unknown; tag?: unknown};
  if (typeof ocid !== "string" || typeof date !== "string") return body;
  return {...body, id: [ocid, date.slice(0, 10), ...(Array.isArray(tag) ? tag : [])].join("-")};
}
