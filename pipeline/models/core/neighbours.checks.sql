-- a council is not its own neighbour, and no neighbour is named twice
select set_id, gss, neighbour_gss from core.neighbours group by all having count(*) > 1 or gss = neighbour_gss;
