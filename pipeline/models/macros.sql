-- Small expressions that several models share. Plain DuckDB SQL; run once before the models.

-- A name as it is compared: no case, no accents, no punctuation, "and" for "&", no leading "the".
create or replace macro name_key(name) as
  trim(regexp_replace(regexp_replace(lower(strip_accents(replace(name, '&', ' and '))), '[^a-z0-9]+', ' ', 'g'), '^\s*the\s+', ''));

-- Sixteen hexadecimal digits that identify a thing by the text of its natural key.
create or replace macro short_id(key) as substr(sha256(key), 1, 16);

-- The financial year a date belongs to: t runs from 1 April t-1 to 31 March t.
create or replace macro financial_year(d) as case when month(d) >= 4 then year(d) + 1 else year(d) end;

-- Days both ends included.
create or replace macro days_inclusive(first_day, last_day) as date_diff('day', first_day, last_day) + 1;

-- Text that a spreadsheet would run as a formula gets an apostrophe in front.
create or replace macro defused(cell) as case when regexp_matches(cell, '^[\s]*[=+\-@＝＋－＠\t\r]') then '''' || cell else cell end;

-- The Wilson score interval of k in n at 95 %, as proportions (Wilson 1927); null unless 0 <= k <= n and n > 0.
create or replace macro wilson_low(k, n) as
  case when n > 0 and k between 0 and n then
    (k / n + 1.959963984540054 ** 2 / (2 * n) - 1.959963984540054 * sqrt(k / n * (1 - k / n) / n + 1.959963984540054 ** 2 / (4 * n * n)))
    / (1 + 1.959963984540054 ** 2 / n) end;
create or replace macro wilson_high(k, n) as
  case when n > 0 and k between 0 and n then
    (k / n + 1.959963984540054 ** 2 / (2 * n) + 1.959963984540054 * sqrt(k / n * (1 - k / n) / n + 1.959963984540054 ** 2 / (4 * n * n)))
    / (1 + 1.959963984540054 ** 2 / n) end;

-- Byar's interval of a count at 95 % (Breslow and Day 1987, volume II), within a hundredth of the exact Poisson one from about 10 up.
create or replace macro byar_low(k) as
  case when k = 0 then 0.0 when k > 0 then k * (1 - 1 / (9 * k) - 1.959963984540054 / (3 * sqrt(k))) ** 3 end;
create or replace macro byar_high(k) as
  case when k >= 0 then (k + 1) * (1 - 1 / (9 * (k + 1)) + 1.959963984540054 / (3 * sqrt(k + 1))) ** 3 end;

-- 2025 is "2024-25".
create or replace macro financial_year_name(y) as (y - 1)::varchar || '-' || lpad((y % 100)::varchar, 2, '0');

-- The days of a period by its name: 2024-25 is a financial year, 2024-Q3 a quarter, 2024 a calendar year.
create or replace macro period_starts_on(p) as case
  when regexp_matches(p, '^\d{4}$') then make_date(p::integer, 1, 1)
  when regexp_matches(p, '^\d{4}-Q[1-4]$') then make_date(p[1:4]::integer, 3 * p[7:7]::integer - 2, 1)
  when regexp_matches(p, '^\d{4}-\d{2}$') then make_date(p[1:4]::integer, 4, 1) end;
create or replace macro period_ends_on(p) as case
  when regexp_matches(p, '^\d{4}$') then make_date(p::integer, 12, 31)
  when regexp_matches(p, '^\d{4}-Q[1-4]$') then last_day(make_date(p[1:4]::integer, 3 * p[7:7]::integer, 1))
  when regexp_matches(p, '^\d{4}-\d{2}$') then make_date(p[1:4]::integer + 1, 3, 31) end;
