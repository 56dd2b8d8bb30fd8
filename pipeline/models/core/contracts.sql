-- One row per contract (a contracts[] entry with a value, else an award), latest state, every judgement a column with its rule.
--
-- Source: core.award_states with core.value_kinds and core.service_lines; snapshot.contracts for awards that raw does not hold.
-- Caveat: a framework ceiling is not spend. Duplicates stay visible and point at the row that is kept.
with published as (
  select
    states.contract_id, states.register_id, states.ocid, states.award_id, states.lot_id, states.title,
    sha256(name_key(coalesce(states.title, ''))) as title_sha256,
    states.notice_url, states.raw_sha256, states.released_at, states.legal_basis, states.procedure, states.buyer_name,
    coalesce(states.value_amount, states.value_amount_gross) as value_published, states.currency,
    case
      when states.value_amount is null and states.value_amount_gross is not null then 'included'
      when states.value_amount is not null and states.value_amount_gross is not null then 'excluded'
      else 'unknown'
    end as vat_basis,
    kinds.value_kind, kinds.value_kind_rule, kinds.is_kind_unsure, states.starts_on, states.ends_on, states.max_ends_on,
    states.cpv_code, states.cpv_label, lines.service_line, lines.service_rule,
    states.supplier_count, states.supplier_key, states.delivery_itl, false as is_embedded
  from core.award_states as states
  join core.value_kinds as kinds using (contract_id)
  join core.service_lines as lines using (contract_id)
  union all by name
  select * exclude (buyer_evidence_gss, buyer_evidence_rule), null::varchar as title, true as is_embedded
  from snapshot.contracts
  where contract_id not in (select contract_id from core.award_states)
),

-- The same award published again under another identifier: same buyer, title, amount, dates and suppliers.
kept as (
  select
    *,
    first_value(contract_id) over (
      partition by name_key(buyer_name), title_sha256, value_published, currency, starts_on, ends_on, supplier_key
      order by released_at desc, contract_id
    ) as kept_id
  from published
),

termed as (
  select
    *,
    case
      when starts_on is null or ends_on is null then null
      when ends_on < starts_on or days_inclusive(starts_on, ends_on) > 60 * 366 then null
      else days_inclusive(starts_on, ends_on)::integer
    end as term_days,
    case when currency = 'GBP' and value_kind not in ('placeholder', 'not-awarded') then value_published end as value_gbp
  from kept
),

judged as (
  select
    termed.*,
    buyers.buyer_id,
    buyers.buyer_kind,
    buyers.buyer_gss,
    buyers.council_gss,
    buyers.joint_gss,
    buyers.is_joint,
    buyers.match_rule as buyer_rule,
    case when value_gbp is not null and term_days is not null
      then round(value_gbp * 365 / greatest(365, term_days), 2)::decimal(18, 2) end as annual_value_gbp,
    case when kept_id <> contract_id then kept_id end as duplicate_of
  from termed
  join core.contract_buyers as buyers using (contract_id)
)

select
  contract_id,                                                   -- 16 hex digits of sha256 over register, ocid, award id, contract id
  register_id,                                                   -- file name under pipeline/registers
  ocid,                                                          -- Open Contracting ID of the process
  award_id,                                                      -- unique inside the process
  lot_id,                                                        -- when the award is of exactly one lot
  title,                                                         -- as published; null for embedded rows
  title_sha256,                                                  -- hash of the normalised title
  notice_url,                                                    -- the register's page for the notice
  raw_sha256,                                                    -- SHA-256 of the bytes the row was read from
  released_at::date as published_on,                             -- date of the latest release, Europe/London
  case
    when legal_basis like 'UKPGA 2023/54%' then 'procurement-act-2023'
    when legal_basis is not null or released_at::date < date '2025-02-24' then 'earlier-law'
    else 'unknown'
  end as regime,                                                 -- law the notice was published under, as far as it can be told
  procedure,                                                     -- the publisher's words
  buyer_id,                                                      -- core.buyers
  buyer_name,                                                    -- as published
  buyer_kind,                                                    -- core.contract_buyers
  buyer_rule,                                                    -- the rule that decided who bought
  buyer_gss,                                                     -- the council as it was
  council_gss,                                                   -- the council that answers for it today; null when it is not one council's
  is_joint,                                                      -- bought for several councils or bodies together
  joint_gss,                                                     -- every council named, when several, separated by a space
  value_published,                                               -- exactly as published, pennies
  currency,                                                      -- ISO 4217
  value_gbp,                                                     -- pounds, excluding VAT where vat_basis says so; null for placeholders and other currencies
  vat_basis,                                                     -- excluded, included or unknown; never derived by assuming a rate
  value_kind,                                                    -- contract, call-off, framework-ceiling, dynamic-market-ceiling, concession, grant, placeholder, not-awarded, missing
  value_kind_rule,                                               -- the rule that decided
  is_kind_unsure,                                                -- true when the rule is a guess: held out of scale measures
  starts_on,                                                     -- first day, Europe/London
  ends_on,                                                       -- last day of the core term, inclusive
  max_ends_on,                                                   -- last day with every extension, where stated
  term_days,                                                     -- days of the core term, both ends included; null when missing or impossible
  annual_value_gbp,                                              -- size: value x 365 / max(365, term_days)
  cpv_code,                                                      -- Common Procurement Vocabulary, eight digits
  cpv_label,                                                     -- its official description
  service_line,                                                  -- revenue-outturn line, capital-works, other or ambiguous
  service_rule,                                                  -- the rule that decided
  supplier_count,                                                -- suppliers named; the value is for all of them together
  supplier_key,                                                  -- hash of their names
  delivery_itl,                                                  -- the one ITL code of delivery, where there is one
  duplicate_of,                                                  -- contract_id of the row that is kept, when this one is the same award again
  is_embedded,                                                   -- from the embedded snapshot: the bytes are not included
  list_filter([
    case when is_kind_unsure then 'kind-unsure' end,
    case when term_days is null then 'term-missing' end,
    case when ends_on < starts_on then 'ends-before-start' end,
    case when days_inclusive(starts_on, ends_on) > 60 * 366 then 'term-over-60-years' end,
    case when term_days = 1 and value_gbp >= 100000 then 'one-day-term' end,
    case when currency <> 'GBP' then 'foreign-currency' end,
    case when buyer_gss is not null and council_gss is null and not is_joint then 'council-split' end
  ], flag -> flag is not null) as flags,                         -- what a reader should know about the row
  case
    when duplicate_of is not null then 'duplicate'
    when council_gss is null then 'not one council''s'
    when value_kind not in ('contract', 'call-off') then value_kind
    when is_kind_unsure then 'kind unsure'
    when value_gbp is null then 'no value in pounds'
    when term_days is null then 'no usable term'
  end as left_out_because                                        -- why the row is outside every scale measure; null when it counts
from judged
order by contract_id
