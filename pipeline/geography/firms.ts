/**
 * Firms and charities that are called as a person would be, as `nameKey` writes them: surnames of founders in a row, or a
 * founder's whole name.
 *
 * A name on this list is published, so only names belong here that are known as an organisation's throughout the country, and
 * none that many people bear. Reviewed by hand.
 */
export const FIRMS: ReadonlySet<string> = new Set(
  (
    "a and l goodbody|aberdeen asset|addleshaw goddard|aecom davis langdon|alfred mcalpine|allan water|allen and overy|allen lane|allied bakeries|" +
    "allies and morrison|alun griffiths|anderson strathern|anthony collins|aon hewitt|arcadis ec harris|archial norr|arjo huntleigh|" +
    "armstrong watson|arthur d little|arthur gallagher|arthur j gallagher|arval phh|ashleigh scotland|ashton bond gigg|askews and holts|" +
    "atalian servest|atkins faithful gould|austin fraser|austin reed|avison young|b braun|babcock dyson|badenoch and clark|badenoch clark|" +
    "baillie gifford|baily garner|baker mckenzie|baker tilly|balfour beatty|bam nuttall|barlow robbins|barnett waddingham|barton willmore|" +
    "bates wells|bates wells braithwaite|bauman lyons|bausch and lomb|becton dickinson|ben sherman|bevan brittan|bilfinger gva|" +
    "bircham dyson bell|bishop fleming|bisset adams|black veatch|blake morgan|blue arrow|boehringer ingelheim|bond pearce|booz allen hamilton|" +
    "boston scientific|bowmer and kirkland|bowmer kirkland|boyes turner|brabners chaffe street|brake bros|brewin dolphin|briggs and stratton|" +
    "bristow and sutor|bristow sutor|broadway malyan|brook street|browne jacobson|bruton knowles|burges salmon|burness paull|buro happold|" +
    "cammell laird|campbell reith|campbell tickell|cap gemini|capita percy thomas|capita symonds|carl zeiss|carrington west|carter jonas|" +
    "cartwright pickard|chapman taylor|charles faram|charles taylor adjusting|charlie chaplin|christian salvesen|cleveland bridge|clyde co|" +
    "coffin mew|colliers cre|conway aecom|corstorphine wright|cottrell and vermeulen|cottrell vermeulen|crawford cunningham lindsey|" +
    "cripps harries hall|crowe clark whitehill|crowe horwath|cu phosco|cundall johnston|cunningham lindsey|currie brown|cushman and wakefield|" +
    "cushman wakefield|dairy crest|david chipperfield|davis langdon|de havilland|dean dyball|dennis eagle|dentsply sirona|dickinson dees|" +
    "dickson minto|dixon jones|doig smith|donald insall|douglas macmillan|dr martens|drive devilbiss|drivers jonas|dtz debenham tie leung|" +
    "dw windsor|dyer and butler|e g carter|earth anchors|eddie stobart|eden brown|edith cavell|edmond shipway|edwards lifesciences|eli lilly|" +
    "elizabeth finn|elizabeth fry|elliott wood|ellis miller|ellis whittam|ellis williams|eric wright|ernst and young|ernst young|" +
    "eversheds sutherland|faber maunsell|faithful gould|farid hillend|father hudson|feilden clegg bradley|felix o hare|field fisher waterhouse|" +
    "fisher german|fletcher priest|fletcher rae|florence nightingale|foot anstey|french duncan|fresenius kabi|fresh direct|fruit of the loom|" +
    "fuji xerox|gallagher bassett|galliford try|galliford try morrison|gatenby sanderson|general dynamics|geoffrey osborne|gerald eve|" +
    "gerald simonds|gfk nop|gilbert ash|gilbert ash ni|go ahead|goddard wybor|gollifer langston|gowling wlg|graham plumbers|graham sibbald|" +
    "grant thornton|green park|griffiths armour|gristwood and toms|gristwood toms|guinness hermitage|gva grimley|gva james barr|haines watts|" +
    "hall morrice|hamson barron smith|hannah reed|hargreaves lansdown|harland and wolff|harland wolff|harper collins|harper macleod|" +
    "harry ramsden|harvey and brockless|harvey nash|hawkins brown|haworth tompkins|haydon wright|hays specialist|helen arkell|helly hansen|" +
    "henderson loggie|henry boot|henry brothers|henry schein|herbert smith freehills|heron bros|heron brothers|hewlett packard|hill and knowlton|" +
    "hill dickinson|hill knowlton|hilson moran|hoare lea|hochtief murphy|howes percival|hs jackson|hugh ls mcconnell|hunter and partners|" +
    "hunter dunning|hurst peirce|hurst peirce malcolm|huws gray|hymans robertson|ingleton wood|innes england|ipsos mori|irwin mitchell|j and k|" +
    "jackson civil|jackson hogg|jeremy benn|jeremy benn pacific|jerram falkus|jessie may|jestico whiles|john deere|john grooms|john laing|" +
    "john lewis|john mcaslan|john oconner|john sisk|john wiley|johnson and johnson|johnson johnson|johnson matthey|johnston carmichael|" +
    "johnston sweepers|jolly good|jones bros|jones lang lasalle|joseph rowntree|josephine butler|kantar tns|karakusevic carson|" +
    "kellys of cornwall|kendall kingscott|kent express|keystone law|kier may gurney|kier wsp|kimberly clark|king shaxson|kingsley napley|" +
    "kingston smith|kip mcgrath|kirkby diamond|knight frank|knights brown|konica minolta|kyocera mita|laing orourke|lambert smith hampton|" +
    "lane clark peacock|larking gowen|ledingham chalmers|legal and general|leonard cheshire|lester aldridge|levitt bernstein|lewis silkin|" +
    "lex autolease|lexis nexis|lexisnexis butterworths|liquid personnel|lloyds banking|lloyds tsb|lockheed martin|lovewell blake|" +
    "lumsden and carroll|lupton fawcett|lyle and scott|lyons sleeman hoare|m and g|maccreanor lavington|macintyre hudson|maclaughlin harvey|" +
    "maclay murray and spens|marie curie|marie stopes|marks and spencer|marks barfield|marks spencer|marsh mclennan|marshall aerospace|" +
    "marshall slingsby|martin brokers|massey ferguson|max fordham|may gurney|mccann erickson|mccann fitzgerald|mcdermott will emery|" +
    "mclaughlin and harvey|mclaughlin harvey|mercer marsh|merck sharp and dohme|merck sharp dohme|mha macintyre hudson|michael page|mick george|" +
    "mills reeve|milne craig|montagu evans|moore stephens|morgan ashurst|morgan hunt|morgan law|morgan sindall|morris and spottiswood|" +
    "morton fraser|moss bros|mott macdonald|mott macdonald bentley|mouchel babcock|mouchel parkman|muller wiseman|nabarro nathanson|" +
    "nathaniel lichfield|nelson bakewell|newton europe|nicholls and clarke|norbert dentressangle|norman laud|norman rourke pryme|" +
    "northrop grumman|northrup grumman|norton rose fulbright|norwood ravenswood|nps barnsley|odgers berndtson|odgers ray and berndtson|" +
    "office depot|ogilvy mather|oliver wyman|osborne clarke|osborne richardson|osborne thomas|otto bock|ove arup|page park|palgrave macmillan|" +
    "pannell kerr forster|park street people|parsons brinckerhoff|pearson edexcel|pell frischmann|penham excel|penna barkers|penningtons manches|" +
    "penningtons manches cooper|penny lane|penoyre prasad|percy hedley|perkins will|perret laver|peter brett associates|phoenix commercial|" +
    "pick everard|pinsent masons|pollard thomas edwards|potter raper|pratt whitney|price bailey|price myers|price waterhouse coopers|" +
    "pricewaterhouse coopers|proctor matthews|purcell miller tritton|quilter cheviot|r g carter|r h irving|ramboll whitbybird|randstad williams|" +
    "ransomes jacobsen|reed and mallik|reed business|reed elsevier|rg carter|rick mather|rider levett bucknall|ringway jacobs|rivington street|" +
    "robert bosch|robert half|robert mcalpine|robert wiseman|roberts limbrick|robson rhodes|roger hannah|rogers stirk harbour|roland berger|" +
    "rolls royce|ross and roberts|ross care|royal haskoning dhv|rsm robson rhodes|rsm tenon|russell athletic|russell cooke|russell reynolds|" +
    "ryder hks|saffery champness|sanderson weatherall|saxton bampfylde|sayer vincent|schofield sweeney|scott brownrigg|scott moncrieff|" +
    "scott tallon walker|sector treasury|service care|shakespeare martineau|sharpe pritchard|shepheard epstein hunter|shepherd wedderburn|" +
    "sheppard robson|sidell gibson|silcock dawson|simmons simmons|sir robert mcalpine|slater gordon|smith and byford|smith and nephew|" +
    "smith and williamson|smith nephew|smith scott mullan|smith williamson|smiths gore|speller metcalfe|spencer ogden|squire patton boggs|" +
    "standard life|stanton chase|stanton williams|steer davies gleave|stephen lawrence|stephens scown|stevens and bolton|stewart milne|" +
    "stride treglown|strutt and parker|strutt parker|styles and wood|styles wood|sue ryder|swan hunter|sweet and maxwell|sweet maxwell|" +
    "talitha cumi|talitha koum|taylor and francis|taylor continental|taylor francis|taylor wimpey|ted baker|terberg matec|thomas fattorini|" +
    "thomas pocklington|thomas sinden|thomas vale|thomson gray|thomson reuters|tilbury douglas|tile hill|tns bmrb|tom harrison house|" +
    "tommy hilfiger|towers watson|tp bennett|travis perkins|tribal helm|troup bywaters and anders|trowers hamlins|tullett prebon|turcan connell|" +
    "turner price|turner townsend|urbis schreder|vail williams|van zyl and de villiers|veale wasbrough|veale wasbrough vizards|" +
    "vosper thornycroft|w h smith|walker morris|walker sime|ward hadaway|waterman aspen|waterman boreham|wates living|weber shandwick|" +
    "weil gotshal|wh smith|white young green|wilde carter clack|wilkin chapman|wilkins kennedy|wilkinson eyre|wilks head and eve|wilks head eve|" +
    "willis towers watson|willmott dixon|wilmott dixon|wilson bowden|wilts wholesale|winckworth sherwood|wolters kluwer|womble bond dickinson|" +
    "woods foodservice|wragge lawrence graham|wright and wright|wright cottrell|wright hassall|wylie bisset|zaha hadid|zimmer biomet"
  ).split("|")
);
