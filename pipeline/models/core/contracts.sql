-- One row per contract (a contracts[] entry with a value, else an award), latest state, every judgement a column with its rule.
--
-- Source: core.award_states with core.value_kinds, core.service_lines, core.duplicates and core.embedded_again; snapshot.contracts for awards that raw does not
-- hold; reference.corrections, applied last; reference.exchange_rates and core.regimes.
-- Each row is made by itself, so a large table is made in parts, some ids at a time (in_contract_part).
-- Caveat: a framework ceiling is not spend. Duplicates stay visible and point at the row that is kept.
with published as (
  select
    states.contract_id, states.register_id, states.ocid, states.award_id, states.lot_id, states.title,
    sha256(title_key(states.title)) as title_sha256,
    states.notice_url, states.raw_sha256, states.released_at, states.legal_basis, states.procedure, states.buyer_name,
    coalesce(states.value_amount, states.value_amount_gross) as value_published, states.currency,
    states.tender_value_low as estimate_low_published, states.tender_value_high as estimate_high_published,
    vat.vat_basis, vat.vat_rule,
    coalesce(states.is_stated_per_year, false) as is_per_year,
    kinds.value_kind, kinds.value_kind_rule, kinds.is_kind_unsure, states.starts_on, states.ends_on,
    states.max_ends_on as stated_max_ends_on, states.stated_extension_months, states.stated_extension_rule, states.stated_core_months,
    coalesce(states.has_renewal, false) as has_renewal,
    states.terminated_on,
    states.cpv_code, states.cpv_label, lines.service_line, lines.service_rule,
    states.supplier_count, states.supplier_key, states.delivery_itl, false as is_embedded,
    duplicates.duplicate_of, duplicates.duplicate_rule
  from core.award_states as states
  join core.value_kinds as kinds using (contract_id)
  join core.service_lines as lines using (contract_id)
  join core.vat_bases as vat using (contract_id)
  left join core.duplicates as duplicates using (contract_id)
  where in_contract_part(states.contract_id)
  union all by name
  select * exclude (buyer_evidence_gss, buyer_evidence_rule), null::varchar as title, true as is_embedded
  from snapshot.contracts
  where in_contract_part(contract_id) and contract_id not in (select contract_id from core.award_states)
),

kept as (
  select
    published.* exclude (duplicate_of, duplicate_rule),
    coalesce(again.duplicate_of, published.duplicate_of) as duplicate_of,
    case when again.duplicate_of is not null then 'same-content' else published.duplicate_rule end as duplicate_rule
  from published
  left join core.embedded_again as again using (contract_id)
),

-- What people have decided stands over every rule, as long as the rules still say what was corrected.
corrected as (
  select
    kept.* replace (
      corrected_value(value_kind.to_value, kept.value_kind) as value_kind,
      corrected_value(value_kind.column_name, kept.value_kind_rule, 'correction') as value_kind_rule,
      kept.is_kind_unsure and value_kind.column_name is null as is_kind_unsure,
      corrected_value(service_line.to_value, kept.service_line) as service_line,
      corrected_value(service_line.column_name, kept.service_rule, 'correction') as service_rule,
      corrected_value(vat_basis.to_value, kept.vat_basis) as vat_basis,
      corrected_value(vat_basis.column_name, kept.vat_rule, 'correction') as vat_rule,
      coalesce(starts_on.to_value::date, kept.starts_on) as starts_on,
      coalesce(ends_on.to_value::date, kept.ends_on) as ends_on,
      case when duplicate_of.column_name is not null then duplicate_of.to_value else kept.duplicate_of end as duplicate_of,
      corrected_value(duplicate_of.column_name, kept.duplicate_rule, case when duplicate_of.to_value is not null then 'correction' end) as duplicate_rule
    ),
    value_published.to_value::decimal(18, 2) as corrected_value_gbp,
    list_filter([value_kind.column_name, service_line.column_name, vat_basis.column_name, starts_on.column_name, ends_on.column_name,
      duplicate_of.column_name, value_published.column_name], name -> name is not null) as corrected_columns
  from kept
  left join reference.corrections as value_kind
    on value_kind.contract_id = kept.contract_id and value_kind.column_name = 'value_kind' and value_kind.from_value = kept.value_kind
  left join reference.corrections as service_line
    on service_line.contract_id = kept.contract_id and service_line.column_name = 'service_line' and service_line.from_value = kept.service_line
  left join reference.corrections as vat_basis
    on vat_basis.contract_id = kept.contract_id and vat_basis.column_name = 'vat_basis' and vat_basis.from_value = kept.vat_basis
  left join reference.corrections as starts_on
    on starts_on.contract_id = kept.contract_id and starts_on.column_name = 'starts_on'
    and starts_on.from_value is not distinct from kept.starts_on::varchar
  left join reference.corrections as ends_on
    on ends_on.contract_id = kept.contract_id and ends_on.column_name = 'ends_on'
    and ends_on.from_value is not distinct from kept.ends_on::varchar
  left join reference.corrections as duplicate_of
    on duplicate_of.contract_id = kept.contract_id and duplicate_of.column_name = 'duplicate_of'
    and duplicate_of.from_value is not distinct from kept.duplicate_of
  left join reference.corrections as value_published
    on value_published.contract_id = kept.contract_id and value_published.column_name = 'value_gbp'
    and value_published.from_value::decimal(18, 2) = kept.value_published
),

termed as (
  select
    *,
    case
      when starts_on is null or ends_on is null then null
      when ends_on < starts_on or days_inclusive(starts_on, ends_on) > 60 * 366 then null
      else days_inclusive(starts_on, ends_on)::integer
    end as term_days,
    -- The published period holds the extension when it is as long as core term and extension together.
    stated_max_ends_on is null and stated_extension_months > 0
      and abs(days_inclusive(starts_on, ends_on) / 30.4375 - (stated_core_months + stated_extension_months)) <= 1.5 as is_extension_inside
  from corrected
),

rates as (
  select
    currency, valid_on::date as valid_on, lead(valid_on::date, 1, date '9999-12-31') over (partition by currency order by valid_on::date) as valid_until,
    gbp_per_unit::decimal(18, 8) as gbp_per_unit
  from reference.exchange_rates
),

valued as (
  select
    termed.*,
    coalesce(
      stated_max_ends_on,
      case
        when term_days is null or stated_extension_months is null then null
        when stated_extension_months = 0 or is_extension_inside then ends_on
        else (ends_on + 1 + to_months(stated_extension_months))::date - 1
      end
    ) as max_ends_on,
    case
      when stated_max_ends_on is not null then 'published-last-day'
      when term_days is null or stated_extension_months is null then case when has_renewal then 'renewal-without-length' end
      when is_extension_inside then stated_extension_rule || '-inside-the-period'
      else stated_extension_rule
    end as extension_rule,
    case
      when corrected_value_gbp is not null then corrected_value_gbp
      when value_kind in ('placeholder', 'not-awarded', 'missing') then null
      when is_per_year and term_days is null then null
      when is_per_year then round(in_pounds(value_published, rates.gbp_per_unit) * greatest(365, term_days) / 365, 2)
      else in_pounds(value_published, rates.gbp_per_unit)
    end::decimal(18, 2) as value_in_pounds,
    termed.currency = 'GBP' or rates.gbp_per_unit is not null as is_in_pounds
  from termed
  left join rates on rates.currency = termed.currency and termed.released_at::date >= rates.valid_on and termed.released_at::date < rates.valid_until
),

judged as (
  select
    valued.* exclude (buyer_name),
    buyers.buyer_id,
    case when buyers.match_rule = 'natural-person' then withheld_buyer() else valued.buyer_name end as buyer_name,
    buyers.buyer_kind,
    buyers.buyer_gss,
    buyers.council_gss,
    buyers.joint_gss,
    buyers.is_joint,
    buyers.match_rule as buyer_rule,
    councils.nation,
    case when is_in_pounds then value_in_pounds end as value_gbp,
    case when buyers.buyer_kind = 'central-government' then 'central' else 'sub-central' end as authority_type
  from valued
  join core.contract_buyers as buyers using (contract_id)
  left join core.councils as councils on councils.gss = buyers.buyer_gss
),

-- The floor at which the law of the day asks for publication, and the highest there has been, for series that compare like with like.
floors as (
  select nation, authority_type, max(publication_floor_gbp) as highest_floor_gbp from core.regimes group by all
),

-- Names of natural persons among a contract's suppliers, as published: registers repeat them in titles.
people as (
  select states.contract_id, list(distinct suppliers.supplier_name) as names
  from core.award_states as states
  join staging.suppliers as suppliers
    on suppliers.register_id = states.register_id and suppliers.raw_sha256 = states.suppliers_raw_sha256
    and suppliers.position = states.suppliers_position and suppliers.award_id = states.award_id
  join staging.supplier_readings as readings
    on readings.supplier_name = suppliers.supplier_name
    and readings.identifier_scheme is not distinct from suppliers.identifier_scheme
    and readings.identifier is not distinct from suppliers.identifier
  where in_contract_part(states.contract_id) and readings.supplier_kind = 'person' and len(suppliers.supplier_name) > 4
  group by states.contract_id
),

placed as (
  select
    judged.* replace (
      without_names(judged.title, people.names) as title,
      -- A hash of a title with a name in it could be guessed, name by name.
      case when people.names is null then judged.title_sha256 else sha256(title_key(without_names(judged.title, people.names))) end as title_sha256
    ),
    regimes.publication_floor_gbp,
    floors.highest_floor_gbp,
    case when value_gbp is not null and term_days is not null
      then round(value_gbp::decimal(24, 2) * 365 / greatest(365, term_days), 2)::decimal(18, 2) end as annual_value_gbp
  from judged
  left join core.regimes as regimes
    on regimes.nation = judged.nation and regimes.authority_type = judged.authority_type
    and judged.released_at::date between coalesce(regimes.valid_from, date '1900-01-01') and coalesce(regimes.valid_to, date '9999-12-31')
  left join floors on floors.nation = judged.nation and floors.authority_type = judged.authority_type
  left join people on people.contract_id = judged.contract_id
)

select
  contract_id,                                                   -- 16 hex digits of sha256 over register, ocid, award id, contract id
  register_id,                                                   -- file name under pipeline/registers
  ocid,                                                          -- Open Contracting ID of the process
  award_id,                                                      -- unique inside the process
  lot_id,                                                        -- when the award is of exactly one lot
  title,                                                         -- as published, without natural persons' names and ways to reach them; null for embedded rows
  title_sha256,                                                  -- hash of the title as it is published and compared
  notice_url,                                                    -- the register's page for the notice
  raw_sha256,                                                    -- SHA-256 of the bytes the row was read from
  released_at::date as published_on,                             -- date of the latest release, Europe/London
  case
    when legal_basis like 'UKPGA 2023/54%' then 'procurement-act-2023'
    when legal_basis like '%2023/1348%' then 'provider-selection-regime'
    when legal_basis like '%32014L0025%' then 'utilities-contracts-regulations'
    when legal_basis like '%32014L0023%' then 'concession-contracts-regulations'
    when legal_basis is not null or released_at::date < date '2025-02-24' then 'earlier-law'
    else 'unknown'
  end as regime,                                                 -- law the notice was published under, as far as it can be told
  publication_floor_gbp,                                         -- value from which the law of that day asked for a notice; null where not known
  value_gbp >= highest_floor_gbp as is_above_every_floor,        -- at least the highest floor there has been: comparable through time
  procedure,                                                     -- the publisher's words
  buyer_id,                                                      -- core.buyers
  buyer_name,                                                    -- as published; withheld where it may be a person's
  buyer_kind,                                                    -- core.contract_buyers
  buyer_rule,                                                    -- the rule that decided who bought
  buyer_gss,                                                     -- the council as it was
  council_gss,                                                   -- the council that answers for it today; null when it is not one council's
  is_joint,                                                      -- bought for several councils or bodies together
  joint_gss,                                                     -- every council named, when several, separated by a space
  value_published,                                               -- exactly as published, pennies
  currency,                                                      -- ISO 4217
  estimate_low_published,                                        -- lower end of the estimate before the award, where a range is published
  estimate_high_published,                                       -- upper end of that estimate, or the only one
  value_gbp,                                                     -- whole life, pounds, excluding VAT where vat_basis says so; null for placeholders and currencies without a rate
  vat_basis,                                                     -- excluded, included or unknown; never derived by assuming a rate
  vat_rule,                                                      -- how we know
  is_per_year,                                                   -- the words give the published amount for one year: value_gbp is that times the years of the term
  value_kind,                                                    -- contract, call-off, framework-ceiling, dynamic-market-ceiling, concession, grant, placeholder, not-awarded, missing
  value_kind_rule,                                               -- the rule that decided, see value-kind-rules
  is_kind_unsure,                                                -- true when the rule is a guess: held out of scale measures
  starts_on,                                                     -- first day, Europe/London
  ends_on,                                                       -- last day of the core term, inclusive
  max_ends_on,                                                   -- last day with every extension, where stated in a field or in words
  extension_rule,                                                -- how max_ends_on was read
  terminated_on,                                                 -- day that the notice of its early end states, or its own when that comes first
  term_days,                                                     -- days of the core term, both ends included; null when missing or impossible
  annual_value_gbp,                                              -- size: value x 365 / max(365, term_days)
  cpv_code,                                                      -- Common Procurement Vocabulary, eight digits
  cpv_label,                                                     -- its official description
  service_line,                                                  -- revenue-outturn line, capital-works, other or ambiguous
  service_rule,                                                  -- the rule that decided
  supplier_count,                                                -- suppliers named; the value is for all of them together
  case when contract_id in (select contract_id from core.contract_suppliers where is_natural_person)
    then sha256('withheld|' || contract_id) else supplier_key end as supplier_key, -- hash of their names; of the contract's own id where one may be a person's
  delivery_itl,                                                  -- the one ITL code of delivery, where there is one
  duplicate_rule,                                                -- how it was recognised as the same award again
  duplicate_of,                                                  -- contract_id of the row that is kept, when this one is the same award again
  is_embedded,                                                   -- from the embedded snapshot: the bytes are not included
  corrected_columns,                                             -- what a person has corrected, see corrections
  list_filter([
    case when is_kind_unsure then 'kind-unsure' end,
    case when value_kind_rule in ('amount-far-above-its-estimate', 'amount-off-by-a-power-of-ten', 'amount-beyond-its-council') then 'amount-implausible' end,
    case when term_days is null then 'term-missing' end,
    case when ends_on < starts_on then 'ends-before-start' end,
    case when days_inclusive(starts_on, ends_on) > 60 * 366 then 'term-over-60-years' end,
    case when term_days = 1 and value_gbp >= 100000 then 'one-day-term' end,
    case when extension_rule = 'renewal-without-length' then 'extension-without-length' end,
    case when max_ends_on < ends_on then 'extension-ends-before-term' end,
    case when vat_basis = 'included' then 'vat-included' end,
    case when is_per_year then 'value-per-year' end,
    case when is_per_year and term_days is null then 'value-per-year-without-term' end,
    case when currency <> 'GBP' then 'foreign-currency' end,
    case when currency <> 'GBP' and value_gbp is not null then 'converted' end,
    case when len(corrected_columns) > 0 then 'corrected' end,
    case when buyer_gss is not null and council_gss is null and not is_joint then 'council-split' end,
    case when buyer_rule = 'delivery-body' then 'delivery-body' end
  ], flag -> flag is not null) as flags,                         -- what a reader should know about the row
  case
    when duplicate_of is not null then 'duplicate'
    when council_gss is null then 'not one council''s'
    when is_joint then 'bought by several councils together'
    when value_kind not in ('contract', 'call-off') then value_kind
    when is_kind_unsure then 'kind unsure'
    when value_gbp is null then 'no value in pounds'
    when term_days is null then 'no usable term'
  end as left_out_because                                        -- why the row is outside every scale measure; null when it counts
from placed
order by contract_id
