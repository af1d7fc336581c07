"""Another site on the same machinery: a bakery, in German, with three trees and pages in a folder."""

TREES = {
    "brot": """\
title: Welches Brot
start: zeit
about: fragen.md
card: [dauer]
criteria: {dauer: Dauer, aufwand: Aufwand}
methods:
  hefe: {title: Hefebrot, page: backen/hefe.md, summary: Schnell gebacken., criteria: {dauer: 2 Stunden, aufwand: Gering}}
  sauer: {title: Sauerteigbrot, page: backen/sauer.md, recommended: true, summary: Lange gereift., criteria: {dauer: 20 Stunden, aufwand: Hoch}}
  dinkel: {title: Dinkelbrot, page: backen/hefe.md#dinkel, criteria: {dauer: 3 Stunden, aufwand: Mittel}}
  flach: {title: Fladenbrot, page: index.md, criteria: {dauer: 30 Minuten, aufwand: Gering}}
questions:
  zeit:
    ask: Wie viel Zeit ist da?
    why: Der Teig muss reifen.
    help: Ohne das Abkühlen.
    since: Sommer 2024
    unsure: {who: Die Bäckerin, where: Im Dienstplan, longest: 5 Minuten}
    answers:
      tag: {label: Ein Tag, goto: starter, because: Der Teig kann reifen.}
      stunden: {label: Einige Stunden, goto: mehl, because: Für Hefe reicht es.}
      kaum: {label: Kaum welche, choose: flach, because: Fladen brauchen keine Reife.}
  starter:
    ask: Ist ein Ansatz da?
    answers:
      ja: {label: Ja, choose: sauer, because: Er treibt den Teig.}
      nein: {label: Nein, goto: mehl, because: Dann treibt Hefe den Teig.}
  mehl:
    ask: Welches Mehl?
    answers:
      weizen: {label: Weizen, choose: hefe, because: Er geht mit Hefe auf.}
      dinkel: {label: Dinkel, choose: dinkel, because: Er braucht mehr Wasser.}
notices:
  heiss: {kind: warning, title: Der Ofen ist heiß., text: Handschuhe tragen.}
  ruhe: {kind: note, text: Das Brot ruht vor dem Schnitt.}
""",
    "ofen": """\
title: Welcher Ofen
start: strom
other_outcomes:
  herd: {title: Elektroherd, page: backen/hefe.md}
  stein: {title: Steinofen, page: backen/sauer.md}
questions:
  strom:
    ask: Gibt es Strom?
    answers:
      ja: {label: Ja, choose: herd, because: Der Herd ist schneller warm.}
      nein: {label: Nein, choose: stein, because: Er braucht nur Holz.}
""",
    "mehl": """\
title: Welche Mühle
start: menge
other_outcomes:
  hand: {title: Handmühle, page: index.md}
  rad: {title: Mühlrad, page: backen/sauer.md}
questions:
  menge:
    ask: Wie viel Korn?
    answers:
      wenig: {label: Eine Schale, choose: hand, because: Das geht von Hand.}
      viel: {label: Ein Sack, choose: rad, because: Das dauert sonst zu lange.}
""",
}

PAGES = {
    "index.md": '# Bäckerei\n\n{{ decision_tree("mehl") }}\n',
    "fragen.md": '# Fragen\n\n{{ decision_questions("brot") }}\n',
    "backen/hefe.md": "# Hefe\n\n## Dinkel { #dinkel }\n",
    "backen/sauer.md": '---\nmoved_from: [sauer.md]\n---\n\n# Sauerteig\n\n!!! warning "Das Glas nicht verschliessen"\n\n    Der Teig geht auf.\n',
    "backen/wahl.md": '# Wahl\n\n{{ notices("brot") }}\n\n{{ comparison_table("brot") }}\n\n{{ decision_tree("brot") }}\n\n{{ decision_tree("ofen") }}\n',
}

WORDS = """\
tree:
  place: "Von höchstens {most} Fragen die Nummer {number}"
  next_question: "Nächste Frage: {text}"
  outcome_is: "Ergebnis: {text}"
  outcome: Ergebnis
  recommended: empfohlen
  who: Wer es weiß
  where: Wo es steht
  longest: Wie lange höchstens
  not_sure: Ich bin nicht sicher
  about: Über diese Frage
  reason: Warum
  start: Diese Anleitung beginnen
  go: "Weiter zu: {outcome}"
  more_about: Mehr zu diesem Ergebnis
  another: Wann ein anderes Ergebnis gilt
  back: Zurück
  restart: Von vorn
  your_answers: Bisherige Antworten
  change: Ändern
  change_of: "zur Frage:"
  whatever: Bei jedem Ergebnis
  strange: Ein Teil der Adresse ist hier nicht bekannt und wurde weggelassen.
  now: "Die frühere Antwort zählt jetzt als:"
  applied: "Schon beantwortet:"
  waiting: "Schon beantwortet; es zählt, sobald die Frage erreicht ist:"
  counts_later: zählt, sobald die Frage erreicht ist
  dropped: "Diese Antworten zählen auf diesem Weg nicht:"
  chosen: Ihr Ergebnis
  given: Ihre bisherige Antwort
  still_open: Noch offen
  these_possible: "Diese Ergebnisse sind möglich:"
  possible: "Noch offen. Mögliche Ergebnisse:"
  no_matter: Was offen ist, ändert nichts.
  settles: Was es klären würde
  first: Zuerst klären.
  answer: Beantworten
  answer_of: "die Frage:"
  left: "{count} Ergebnisse bleiben"
  more: "Weitere offene Fragen: {count}"
  one_way: 1 Weg
  ways: "{count} Wege"
  every_way: Jedes Ergebnis und die Antworten, die dorthin führen
  first_ways: "Von {count} Wegen die ersten {shown}:"
  only_way: "Der einzige Weg:"
  any_way: "Jeder dieser {count} Wege:"
  as_text: Der ganze Baum als Text
  as_json: Dieser Baum als JSON
  copy_link: Adresse kopieren
  copy_text: Als Text kopieren
  text_to_copy: Text zum Kopieren
  copied: Kopiert.
  copy_by_hand: Der Text ist markiert. Kopieren Sie ihn mit der Tastatur.
  time: "{time} Weltzeit"
  version: "Fassung der Seiten: {version}"
  changed: "Geändert nach Fassung {version}:"
  procedure_is: "Anleitung: {page}"
  answers_are: "Antworten: {link}"
picture:
  summary: Der ganze Baum als Bild
  your_way: "Dicke Linie: Ihr Weg."
  possible: "Dünnere Linie: noch möglich."
  come_back: Eine beantwortete Frage führt dorthin zurück.
  name: "Bild des Baums: {title}"
comparison:
  name: Vergleich der Verfahren
  caption: "{title}: die Verfahren im Vergleich"
questions:
  answers: "Antworten auf: {question}"
  answer: Antwort
  reason: Warum
  leads_to: Führt zu
  source: Herkunft der Regel
  since: Seit
notices:
  warning: "Achtung:"
  no_return: "Ohne Umkehr:"
pages:
  language: de
  updated: "Stand: {date}"
  no_date: nicht bekannt
  moved_title: "{title}: andere Adresse"
  moved: "Diese Seite steht jetzt hier:"
  link: Adresse dieses Abschnitts
  addresses: Adressen
theme:
  search: Suche
  table: Tabelle
  code: "Befehl {number}"
  about: Zu dieser Website
  path: Wo diese Seite steht
  as_markdown: Diese Seite als Markdown
missing:
  title: Seite nicht gefunden
  why: "Vielleicht ist die Adresse falsch geschrieben. Weiter geht es so:"
  search: Suche
  where: Diese Seiten
  what: Gesuchte Wörter
  no_script: Die Suche braucht JavaScript.
  near: Ähnliche Adressen
  tree: Welcher Ofen
manual:
  page: "Blatt {page} von {pages}"
  done: "Zeit ____ Kürzel ____"
"""


# What a site says in mkdocs.yml itself.
SETTINGS = {
    "site_name: HA Management Servers": "site_name: Bäckerei Korn", "language: en": "language: de", "tree_on_404: upgrade": "tree_on_404: ofen",
    "copyright: Not the vendor's official documentation.": "copyright: Bäckerei Korn", "permalink_title: Link to this section": "permalink_title: Adresse dieses Abschnitts",
    "name: Switch to dark mode": "name: Dunkel", "name: Switch to light mode": "name: Hell", "in_footer: [Download, About, Contribute]": "in_footer: []",
    "site_description: Install and upgrade the HA Management Servers of the Forcepoint NGFW Security Management Center": "site_description: Brot für alle",
}


def settings(text: str) -> str:
    """mkdocs.yml of this project as that of the site."""
    for ours, theirs in SETTINGS.items():
        text = text.replace(ours, theirs)
    return text


def files() -> dict[str, str]:
    """The whole site, below docs/."""
    return {**PAGES, "_data/words.yml": WORDS, **{f"_data/{name}.yml": tree for name, tree in TREES.items()}}
