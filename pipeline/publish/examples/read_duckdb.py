"""How much money do the contracts that count hold, by service line? Needs Python and its package duckdb.

    python3 read_duckdb.py [folder or address of a release]
"""
import os
import sys

import duckdb

release = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")

# A large table is a folder with one file a year: contracts/*.parquet in place of contracts.parquet.
contracts = "contracts/*.parquet" if os.path.isdir(os.path.join(release, "contracts")) else "contracts.parquet"
query = f"""
  select service_line, sum(value_gbp)
  from read_parquet('{release}/{contracts}')
  where left_out_because is null  -- ceilings, placeholders and duplicates say why they are left out
  group by 1 order by 1
"""
for line, pounds in duckdb.sql(query).fetchall():
    print(f"{line}\t{pounds}")
