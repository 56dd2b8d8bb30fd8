-- One row per council and similar council: open sets of neighbours, nearest first, versioned by the set's name.
--
-- Source: reference.neighbours (Office for National Statistics, global clusters; Department for Education, statistical neighbours).
-- Limited to councils of the same tier and nation. Similar on the publisher's measures, which say nothing of how well a council does.
select
  neighbours.set_id,                                             -- ons-global, or dfe-children for children's services
  neighbours.version,                                            -- of the set, as its publisher calls it
  neighbours.gss,                                                -- the council
  unnest(generate_series(1, len(string_split(neighbours.neighbours, ' ')))) as place, -- 1 is the most similar
  unnest(string_split(neighbours.neighbours, ' ')) as neighbour_gss, -- the similar council
  neighbours.cluster                                             -- the publisher's cluster of the council, where the set has clusters
from reference.neighbours as neighbours
where neighbours.neighbours is not null
order by neighbours.set_id, neighbours.gss, place
