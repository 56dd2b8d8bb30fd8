-- One row per period, nation and kind of authority: the law of publication and the value from which it asks for a notice.
--
-- Source: reference.regimes. An empty first day means that the source does not say since when; an empty last day, that it is in force.
-- Caveat: a floor including VAT is compared with values as they are, most of them without: what lies above it surely is above.
select
  regime,                                                        -- short name of the law
  law,                                                           -- its title, or the notice that set the floor
  nation,                                                        -- England, Scotland, Wales, Northern Ireland
  authority_type,                                                -- central or sub-central
  valid_from::date as valid_from,                                -- first day; null when not known
  valid_to::date as valid_to,                                    -- last day; null while in force
  publication_floor_gbp::decimal(18, 2) as publication_floor_gbp, -- notices are asked for from this value on; null when not known
  floor_vat,                                                     -- excluded, included or unknown: what the floor itself says
  register_hint,                                                 -- where such notices are published
  source                                                         -- who says so
from reference.regimes
order by nation, authority_type, valid_from nulls first
