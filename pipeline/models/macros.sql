-- Small expressions that several models share. Plain DuckDB SQL; run once before the models.

-- A name as it is compared: no case, no accents, no punctuation, "and" for "&", no leading "the".
create or replace macro name_key(name) as
  trim(regexp_replace(regexp_replace(lower(strip_accents(replace(name, '&', ' and '))), '[^a-z0-9]+', ' ', 'g'), '^\s*the\s+', ''));

-- Sixteen hexadecimal digits that identify a thing by the text of its natural key.
create or replace macro short_id(key) as substr(sha256(key), 1, 16);

-- The financial year a date belongs to: t runs from 1 April t-1 to 31 March t.
create or replace macro financial_year(d) as case when month(d) >= 4 then year(d) + 1 else year(d) end;

-- Whether a contract, ended early or not, was still in force in a financial year of its core term.
create or replace macro in_force_in(terminated_on, financial_year) as coalesce(terminated_on >= make_date(financial_year - 1, 4, 1), true);

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

-- The great-circle distance between two points in degrees, on a sphere of 6,371 km (haversine).
create or replace macro distance_km(latitude_a, longitude_a, latitude_b, longitude_b) as
  2 * 6371.0 * asin(least(1.0, sqrt(
    sin(radians(latitude_b - latitude_a) / 2) ** 2
    + cos(radians(latitude_a)) * cos(radians(latitude_b)) * sin(radians(longitude_b - longitude_a) / 2) ** 2
  )));

-- Whether n suppliers, so many of them inside an area and so many not placed, are local together.
create or replace macro local_status(n, inside, unknown) as
  case when unknown > 0 then 'unknown' when inside = n then 'local' when inside > 0 then 'partly' else 'elsewhere' end;

-- How far a supplier's council is from a buyer's: each by its code, the county over it, its combined authority and its region.
-- A district inside a county that buys is the county's own area.
create or replace macro reach_between(supplier, supplier_county, supplier_combined, supplier_region, buyer, buyer_county, buyer_combined, buyer_region) as
  case
    when supplier = buyer or supplier_county = buyer then 'same-council'
    when supplier_county = buyer_county or supplier_combined = buyer_combined then 'same-area'
    when supplier_region = buyer_region then 'same-region'
    else 'elsewhere-uk'
  end;

-- A supplier's name that says nobody was chosen; and one that says only that the name is not given.
create or replace macro says_nobody(name) as regexp_matches(lower(name),
  'not (been )?awarded|^no (contract )?award|none awarded|^no (suppliers?|bids?|bidders?|tenders?|award|one|responses?|submissions?)\b|abandon|withdrawn|cancelled|unsuccessful|event day|date now passed|^(not proceeding|no longer required|closed with no award|terminated)');
create or replace macro names_nothing(name) as regexp_matches(trim(lower(name)), '^(n\W?a\W*|none|nil|-+|\.+|not applicable.*)$');
create or replace macro withholds_name(name) as regexp_matches(trim(lower(name)),
  '^(n\W?a\W*|none|nil|tbc|tba|various|multiple|unknown|redacted|withheld|-+|\.+|x+|test)$|^(not applicable|private (and|&) confidential|confidential|(please )?see |as per |(full )?list of |attached|in attach|not disclosed|commercially sensitive|multiple suppliers|various suppliers)');

-- How many powers of ten lie between two amounts, to the nearest; amounts under a penny count as one.
create or replace macro powers_of_ten(a, b) as round(log10(greatest(a, 0.01)::double / greatest(b, 0.01)::double));

-- Two amounts have the same digits at different powers of ten.
create or replace macro differ_by_powers_of_ten(a, b) as
  a > 0 and b > 0 and powers_of_ten(a, b) <> 0
  and abs(greatest(a, 0.01)::double / (greatest(b, 0.01)::double * power(10, powers_of_ten(a, b))) - 1) < 0.0001;

-- No written amount equals this one, and one has the same digits at another power of ten. Round figures coincide too easily to
-- count, and in a contract of ten years a tenth is the amount of one year.
create or replace macro disagrees_by_power_of_ten(amount, written, years) as
  not list_bool_or(list_transform(written, w -> w is not null and abs(w - amount) <= 0.005 * amount))
  and list_bool_or(list_transform(written, w -> w is not null and w >= 1000
    and abs(amount::double / greatest(w, 1)::double / years - 1) > 0.1
    and differ_by_powers_of_ten(amount, w)
    and floor(w) % power(10, greatest(0, length(floor(w)::bigint::varchar) - 3))::bigint <> 0));

-- Text as word rules read it: lower case, straight apostrophes, plain hyphens, single spaces.
create or replace macro single_spaced(words) as
  case when regexp_matches(words, '[\t\n\f\r]|  ') then regexp_replace(words, '\s+', ' ', 'g') else words end;
create or replace macro plain_text(words) as
  single_spaced(replace(replace(replace(replace(lower(coalesce(words, '')), '’', ''''), '–', '-'), '—', '-'), '_', ' '));

-- A title as it is compared with another publication of the same award: without the words that say what kind of notice it is. Most
-- titles have none of these words, and to look for a part of them is quicker than to replace them.
create or replace macro without_notice_words(title) as case
  when contains(title, 'award') or contains(title, 'variation') or contains(title, 'modification') or contains(title, 'finder')
  then trim(single_spaced(regexp_replace(title,
    '\b(contract award(ed)? notice|award notice|contract award(ed)?|notice of award|contract variation|contract modification|modification notice|variation of|contracts? finder|award of (a )?(contracts?|the contract)( for)?|awarded|award)\b', ' ', 'g')))
  else title end;
create or replace macro title_key(title) as without_notice_words(name_key(regexp_replace(coalesce(title, ''), '^\s*GB-[^:]{2,40}:', '')));

-- A supplier's name as it is compared: without legal form and trading name.
create or replace macro supplier_key(name) as trim(regexp_replace(regexp_replace(name_key(coalesce(name, '')),
  '\b(limited|ltd|plc|llp|lp|cic|inc|company|co|uk|group|holdings|services)\b', ' ', 'g'), '\s+(t a|trading as|formerly|c o)\s.*$|\s+', ' ', 'g'));

-- How many awards a block may have for each two of them to be compared.
create or replace macro most_in_block() as 50;

-- The numbers in a title. Lots, years and reference numbers differ in nothing else.
create or replace macro numbers_in(title) as array_to_string(list_sort(regexp_extract_all(title, '\d+')), ' ');
create or replace macro same_numbers(a, b) as numbers_in(a) = numbers_in(b);

-- Two titles are the same but for a misspelt word: the words that only one of them has are at most one each, long, and alike.
create or replace macro same_but_misspelt(a, b) as
  same_numbers(a, b)
  and len(list_filter(string_split(a, ' '), w -> not list_contains(string_split(b, ' '), w))) <= 1
  and len(list_filter(string_split(b, ' '), w -> not list_contains(string_split(a, ' '), w))) <= 1
  and coalesce(damerau_levenshtein(
    list_filter(string_split(a, ' '), w -> not list_contains(string_split(b, ' '), w))[1],
    list_filter(string_split(b, ' '), w -> not list_contains(string_split(a, ' '), w))[1]) <= 1, false)
  and length(list_filter(string_split(a, ' '), w -> not list_contains(string_split(b, ' '), w))[1]) >= 5;

-- One amount is a correction of the other: nothing against something, or the same digits with the point or the pence elsewhere.
create or replace macro is_correction(a, b) as
  (a <= 1 and b > 1) or (b <= 1 and a > 1)
  or (a > 1 and b > 1 and differ_by_powers_of_ten(a, b));

-- A person's value in place of a rule's; with three arguments, another one where there is a correction at all.
create or replace macro corrected_value
  (to_value, ruled) as coalesce(to_value, ruled),
  (is_corrected, ruled, instead) as case when is_corrected is not null then instead else ruled end;

-- The code above a CPV code in the tree; null for a division.
create or replace macro cpv_parent(code) as
  case when length(rtrim(code, '0')) > 2 then rpad(left(code, length(rtrim(code, '0')) - 1), 8, '0') end;

-- An amount at a rate, to the penny; without a rate it is in pounds already.
create or replace macro in_pounds(amount, gbp_per_unit) as
  round(amount::decimal(20, 2) * coalesce(gbp_per_unit, 1)::decimal(18, 8), 2)::decimal(24, 2);

-- A text in which each of the names, however its capitals, stands as withheld; the text itself where there are none.
create or replace macro without_names(words, names) as
  case when names is null or words is null then words
    else list_reduce(list_prepend(words, names), (before, name) -> regexp_replace(before, regexp_escape(name), '[name withheld]', 'gi')) end;

-- Whether a postcode is in Jersey, Guernsey with its islands, or the Isle of Man: they share the United Kingdom's postcodes and are no part of it.
create or replace macro is_crown_dependency(postcode) as coalesce(regexp_matches(postcode, '^(JE|GY|IM)[0-9]'), false);

-- What stands for a buyer's name that may be a natural person's.
create or replace macro withheld_buyer() as 'Withheld: the buyer may be a natural person';

-- Whether a row belongs to the part of a model that is being made (pipeline/warehouse/parts.ts); every row does when no part is set.
-- By process, in any order; by contract or any such id, in the order of ids, so that the parts of a sorted table stay sorted when put together.
-- What a model says by them holds as well for a build that makes some rows anew (pipeline/warehouse/increment.ts): each row is made from rows of
-- its own process or id alone. is_wanted says so for a model that is never made in parts.
create or replace macro is_wanted(id) as true;
create or replace macro in_process_part(ocid) as
  coalesce(hash(ocid) % getvariable('part_count')::ubigint = getvariable('part_number')::ubigint, true);
create or replace macro in_contract_part(contract_id) as
  contract_id >= coalesce(getvariable('first_contract_id')::varchar, '') and contract_id < coalesce(getvariable('end_contract_id')::varchar, 'g');
