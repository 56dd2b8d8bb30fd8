# A reference: the same packages flattened in pandas to one row per award and supplier, checking nothing. Run by run.ts.
import gzip
import json
import os
import re
import resource
import sys

import pandas

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}")
folder, target = sys.argv[1:3]
rows = []
for name in sorted(os.listdir(folder)):
    with gzip.open(os.path.join(folder, name)) as file:
        package = json.load(file)
    for release in package["releases"]:
        tender = release.get("tender") or {}
        parties = {p.get("id"): p for p in release["parties"]} if isinstance(release.get("parties"), list) else {}
        for award in release.get("awards") or []:
            period = award.get("contractPeriod") or {}
            for supplier in award.get("suppliers") or [{}]:
                party = parties.get(supplier.get("id"), {})
                address = party.get("address") or {}
                found = POSTCODE.search(address.get("streetAddress") or "")
                rows.append((
                    release.get("ocid"), release.get("id"), release.get("date"), str(release.get("tag")),
                    (release.get("buyer") or {}).get("name"), tender.get("title"), tender.get("description"),
                    tender.get("procurementMethod"), tender.get("procurementMethodDetails"),
                    (tender.get("classification") or {}).get("id"), (tender.get("value") or {}).get("amount"),
                    award.get("id"), award.get("status"), award.get("date"), (award.get("value") or {}).get("amount"),
                    (award.get("value") or {}).get("currency"), period.get("startDate"), period.get("endDate"),
                    supplier.get("id"), supplier.get("name"), (party.get("identifier") or {}).get("id"),
                    address.get("streetAddress"), found.group(0) if found else None,
                    (party.get("details") or {}).get("scale"), (party.get("details") or {}).get("vcse"),
                ))
frame = pandas.DataFrame(rows)
frame.to_csv(target, index=False, compression="gzip")
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"rows": len(frame), "cpuSeconds": usage.ru_utime + usage.ru_stime, "peakMb": usage.ru_maxrss / 1024}))
