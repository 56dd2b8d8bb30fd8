-- One row per award whose buyer's name does not tell the council: what its title and description point to (pipeline/geography/noticeText.ts).
create table if not exists staging.text_readings (
  register_id varchar,           -- file name under pipeline/registers
  raw_sha256 varchar,            -- SHA-256 of the archived bytes
  position integer,              -- place of the release in its file, from 0
  award_id varchar,              -- unique inside the process
  named_codes varchar[],         -- councils whose full title stands in the text
  title_codes varchar[],         -- those whose full title stands in the notice's title
  initials varchar[],            -- letters in the title that may stand for a council
  says_joint boolean,            -- the title says that several councils buy together
  names_another_body boolean     -- the title names a listed body that is no council
)
