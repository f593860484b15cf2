"""Words without a subject of their own, by class, in base form.

Stop words are left out of the index and of the question; weak words count little,
because they stand in so many entries and questions (search.md: "jotain", "haluan",
"ryhmä" must not decide what comes first).  Pure.
"""

from __future__ import annotations

_PRONOUNS = """minä sinä hän me te he se ne tämä tuo nämä nuo joka mikä kuka jokin joku itse mä sä mun sun mulle mulla
mua mut sulla sulle hälle meille meillä teille heille moni kaikki kumpi kukaan mikään muu sama oma eräs jompikumpi
mitä mikä missä mistä mihin millä miten milloin koska kuinka miksi kenelle ketä kuka kenen minne"""
_CONJUNCTIONS = """ja tai sekä että jotta kun jos vaan mutta eli vai kuin sekä kuten niin vaikka sillä ettei joten siis"""
_ADVERBS = """myös vielä nyt jo vain aina usein ehkä niin näin noin tässä tuossa siellä täällä sinne tänne paljon hyvin
enää aivan ihan juuri oikein taas sitten koskaan ikinä kovin melko vähän yhtään esim esimerkiksi ym yms jne noin
kanssa mukaan mukana asti saakka luona ilman varten vailla kohti lähellä läheltä lähelle ennen jälkeen aikana alla
päällä vieressä kautta sisällä välillä takia vuoksi yli alle noin hei moi kiitos"""
_VERBS = """olla haluta voida saada pitää täytyä tulla mennä etsiä löytyä löytää tarvita kaivata antaa ottaa tehdä
alkaa aikoa osata tietää kysyä päästä käydä järjestää järjestyä kuulua oon oot ois olis onks onko löytyykö saako
voiko pitäisi kiinnostaa toivoa tahtoa näyttää laittaa suositella ehdottaa sopia kannattaa"""
_PARTICIPLES = """ollut olli oltu oleva saanut saava tullut mennyt menevä tehnyt käynyt käyvä ottanut antanut päässyt voinut alkanut
haluava haluavat tarvitseva kaipaava löytynyt"""
_FOREIGN = """och eller för att som det den en ett är jag du vi har med på av till om i inte man vill kan finns
the and or for to of a an is are with in on at my me i you we want would like can there any where how do
need looking help from någon något några nån detta dig dem oss vårt min mitt mina sin från hos vid vad var när hur
finna söker behöver skulle some any someone something somebody this that these your our his her their be do does"""

STOP = frozenset(" ".join((_PRONOUNS, _CONJUNCTIONS, _ADVERBS, _VERBS, _PARTICIPLES, _FOREIGN)).split()) - {"help", "vähän"}
NEGATIONS = frozenset(("ei", "en", "et", "emme", "ette", "eivät", "enkä", "eikä", "ilman", "älä", "inte", "not", "no"))

_WEAK_PARTS = """ryhmä toiminta kerho palvelu kurssi tapahtuma piste paikka talo ilta päivä aamu hetki tuokio tunti kahvila kahvit
porukka jengi tiimi rinki harjoitus harjoittelu ohjaus neuvonta hallinta opastus apu tuki ohjelma hanke yhdistys
seura piiri paja tapaaminen kokoontuminen tilaisuus keskus sali halli info kioski koulu leiri treeni vuoro
valmennus"""
_WEAK_WORDS = """ryhmä toiminta kerho palvelu kurssi tapahtuma paikka asia juttu ihminen henkilö asiakas potilas arki
elämä päivä aika vuosi viikko kerta kokeilla aloittaa hyvä uusi kiva mukava sopiva oma jokainen tekeminen
harrastus harrastaa harrastaminen hyvinvointi terveys yhdessä vapaa arkinen rouva herra vanha pieni suuri iso
lähteä lähettää mahdollisuus mahdollinen tukea käyttää asua kärsiä kokea tuntea diagnoosi tilanne ongelma vaikea
vaikeus oireilla paha ohjata talvi kesä kevät syksy pelätä uskaltaa viedä jaksaa iso halvalla
tunti jakso tarve arvio arviointi koti kotona loppu alku alkaa jäädä jatkua muuttua heikentyä heikentynyt alentua
alentunut kohota lisääntynyt kohonnut toistuva merkittävä vaikuttaa todeta todettu epäillä epäily viime viikoittain
päivittäin ikäinen edelleen pelkkä ihana kamala hirveä"""

_CARRIERS = """ryhmä kerho kurssi tunti ilta aamu hetki tuokio tapahtuma toiminta harjoittelu harjoitus treeni piiri paja
päivä leiri vuoro tapaaminen kokoontuminen valmennus ohjaus ohjelma"""

CARRIERS = frozenset(_CARRIERS.split())
"""Heads that only carry their modifier: a painonhallintaryhmä is painonhallinta."""
WEAK_PARTS = frozenset(_WEAK_PARTS.split())
WEAK_WORDS = frozenset(_WEAK_WORDS.split())
