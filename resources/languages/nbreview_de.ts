<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;Open notebook…</source>
        <translation>Notebook ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Compare two notebooks…</source>
        <translation>&amp;Zwei Notebooks vergleichen…</translation>
    </message>
    <message>
        <source>&amp;Read again from disk</source>
        <translation>Neu von der &amp;Platte lesen</translation>
    </message>
    <message>
        <source>Reads the notebook and its history again</source>
        <translation>Liest das Notebook und seinen Verlauf neu ein</translation>
    </message>
    <message>
        <source>&amp;Training data…</source>
        <translation>&amp;Trainingsdaten…</translation>
    </message>
    <message>
        <source>Decisions stored, and what an export would hold</source>
        <translation>Gespeicherte Entscheidungen, und was ein Export enthielte</translation>
    </message>
    <message>
        <source>&amp;Export training data…</source>
        <translation>Trainingsdaten e&amp;xportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Copy the cell&apos;s source</source>
        <translation>&amp;Quelltext der Zelle kopieren</translation>
    </message>
    <message>
        <source>The whole source of the current cell</source>
        <translation>Der ganze Quelltext der aktuellen Zelle</translation>
    </message>
    <message>
        <source>&amp;Find in the diff…</source>
        <translation>In den Unterschieden &amp;suchen…</translation>
    </message>
    <message>
        <source>Find &amp;next</source>
        <translation>&amp;Nächster Treffer</translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation>&amp;Vorheriger Treffer</translation>
    </message>
    <message>
        <source>&amp;Command palette…</source>
        <translation>&amp;Befehlspalette…</translation>
    </message>
    <message>
        <source>Find any act by a few of its letters</source>
        <translation>Jeden Befehl mit ein paar seiner Buchstaben finden</translation>
    </message>
    <message>
        <source>&amp;One column</source>
        <translation>&amp;Eine Spalte</translation>
    </message>
    <message>
        <source>Base and head in one column, or side by side</source>
        <translation>Basis und Head in einer Spalte oder nebeneinander</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Fold &amp;unchanged cells</source>
        <translation>&amp;Unveränderte Zellen einklappen</translation>
    </message>
    <message>
        <source>Fold &amp;outputs</source>
        <translation>&amp;Ausgaben einklappen</translation>
    </message>
    <message>
        <source>Fold &amp;metadata</source>
        <translation>&amp;Metadaten einklappen</translation>
    </message>
    <message>
        <source>This change as &amp;text…</source>
        <translation>Diese Änderung als &amp;Text…</translation>
    </message>
    <message>
        <source>Plain words for a screen reader, or for copying</source>
        <translation>Einfache Worte, für einen Screenreader oder zum Kopieren</translation>
    </message>
    <message>
        <source>Text &amp;larger</source>
        <translation>Text &amp;größer</translation>
    </message>
    <message>
        <source>Text &amp;smaller</source>
        <translation>Text &amp;kleiner</translation>
    </message>
    <message>
        <source>Text of &amp;usual size</source>
        <translation>Text in &amp;normaler Größe</translation>
    </message>
    <message>
        <source>Compare &amp;white space</source>
        <translation>&amp;Leerraum vergleichen</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>Verglei&amp;chen</translation>
    </message>
    <message>
        <source>Compare &amp;outputs</source>
        <translation>&amp;Ausgaben vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;metadata</source>
        <translation>&amp;Metadaten vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;tags</source>
        <translation>&amp;Tags vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;attachments</source>
        <translation>A&amp;nhänge vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;kernel</source>
        <translation>&amp;Kernel vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;language version</source>
        <translation>&amp;Sprachversion vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;execution counts</source>
        <translation>Ausführungs&amp;zähler vergleichen</translation>
    </message>
    <message>
        <source>Compare &amp;view state and timings</source>
        <translation>Ansichtszustand und Zeiten &amp;vergleichen</translation>
    </message>
    <message>
        <source>Compare cell &amp;ids</source>
        <translation>Zellen-&amp;IDs vergleichen</translation>
    </message>
    <message>
        <source>Theme: as the &amp;system</source>
        <translation>Farbschema: wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Theme: &amp;light</source>
        <translation>Farbschema: &amp;hell</translation>
    </message>
    <message>
        <source>Theme: &amp;dark</source>
        <translation>Farbschema: &amp;dunkel</translation>
    </message>
    <message>
        <source>&amp;Next change</source>
        <translation>&amp;Nächste Änderung</translation>
    </message>
    <message>
        <source>Draft from a task</source>
        <translation>Entwurf aus einer Aufgabe</translation>
    </message>
    <message>
        <source>Steps of the draft</source>
        <translation>Schritte des Entwurfs</translation>
    </message>
    <message>
        <source>Say what the notebook is to do, and add the data that it is about. The model writes plans, criticises them, improves the best one and writes cells; each step can be edited and made again. Nothing is run, and no notebook changes before you accept.</source>
        <translation>Sagen, was das Notebook tun soll, und die Daten hinzufügen, um die es geht. Das Modell schreibt Pläne, kritisiert sie, verbessert den besten und schreibt Zellen; jeder Schritt lässt sich bearbeiten und neu erstellen. Nichts wird ausgeführt, und kein Notebook ändert sich vor dem Annehmen.</translation>
    </message>
    <message>
        <source>Choose a &amp;model…</source>
        <translation>&amp;Modell wählen…</translation>
    </message>
    <message>
        <source>State of the draft</source>
        <translation>Stand des Entwurfs</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Where the cells go</source>
        <translation>Wohin die Zellen kommen</translation>
    </message>
    <message>
        <source>Stops the model; what is made already stays (Esc)</source>
        <translation>Hält das Modell an; was schon erstellt ist, bleibt (Esc)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Make plans</source>
        <translation>Pläne &amp;machen</translation>
    </message>
    <message>
        <source>Co&amp;ntinue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Makes the steps that are missing (Ctrl+Return)</source>
        <translation>Erstellt die fehlenden Schritte (Ctrl+Return)</translation>
    </message>
    <message>
        <source>&amp;Insert as suggestions</source>
        <translation>Als Vorschläge &amp;einfügen</translation>
    </message>
    <message>
        <source>The cells become cards in the review; nothing is written before you accept (Ctrl+Return)</source>
        <translation>Die Zellen werden zu Karten im Review; vor dem Annehmen wird nichts geschrieben (Ctrl+Return)</translation>
    </message>
    <message>
        <source>Makes all steps, one after the other (Ctrl+Return)</source>
        <translation>Erstellt alle Schritte, einen nach dem anderen (Ctrl+Return)</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>made</source>
        <translation>erstellt</translation>
    </message>
    <message>
        <source>not made yet</source>
        <translation>noch nicht erstellt</translation>
    </message>
    <message>
        <source>Begin with a few words about the task.</source>
        <translation>Mit ein paar Worten zur Aufgabe beginnen.</translation>
    </message>
    <message>
        <source>Name the notebook that the cells go into.</source>
        <translation>Das Notebook nennen, in das die Zellen kommen.</translation>
    </message>
    <message>
        <source>Choose a model, then press “Make plans”.</source>
        <translation>Ein Modell wählen, dann „Pläne machen“ drücken.</translation>
    </message>
    <message>
        <source>This step failed; run it again, or edit the step before.</source>
        <translation>Dieser Schritt ist fehlgeschlagen; ihn noch einmal ausführen oder den Schritt davor bearbeiten.</translation>
    </message>
    <message>
        <source>The draft is done.</source>
        <translation>Der Entwurf ist fertig.</translation>
    </message>
    <message>
        <source>Stopped. What was made stays; missing from here on: {step}.</source>
        <translation>Angehalten. Was erstellt wurde, bleibt; ab hier fehlt: {step}.</translation>
    </message>
    <message>
        <source>Missing from here on: {step}.</source>
        <translation>Ab hier fehlt: {step}.</translation>
    </message>
    <message>
        <source>&amp;Previous change</source>
        <translation>&amp;Vorherige Änderung</translation>
    </message>
    <message>
        <source>Next &amp;finding</source>
        <translation>Nächster &amp;Befund</translation>
    </message>
    <message>
        <source>Previous f&amp;inding</source>
        <translation>Vor&amp;heriger Befund</translation>
    </message>
    <message>
        <source>Cell that the &amp;value came from</source>
        <translation>Zelle, aus der der &amp;Wert kam</translation>
    </message>
    <message>
        <source>Goes from a crash to the cell that the bad value came from</source>
        <translation>Geht von einem Absturz zu der Zelle, aus der der schlechte Wert kam</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>Ver&amp;lauf</translation>
    </message>
    <message>
        <source>Puts the keyboard into the list of revisions</source>
        <translation>Setzt den Tastaturfokus in die Liste der Revisionen</translation>
    </message>
    <message>
        <source>&amp;Diff</source>
        <translation>&amp;Diff</translation>
    </message>
    <message>
        <source>Puts the keyboard into the diff</source>
        <translation>Setzt den Tastaturfokus in den Diff</translation>
    </message>
    <message>
        <source>&amp;Outline</source>
        <translation>Gl&amp;iederung</translation>
    </message>
    <message>
        <source>Puts the keyboard into the outline</source>
        <translation>Setzt den Tastaturfokus in die Gliederung</translation>
    </message>
    <message>
        <source>&amp;Assistant</source>
        <translation>&amp;Assistent</translation>
    </message>
    <message>
        <source>Puts the keyboard on the card at hand</source>
        <translation>Setzt den Tastaturfokus auf die aktuelle Karte</translation>
    </message>
    <message>
        <source>Cell &amp;viewed</source>
        <translation>Zelle &amp;gesehen</translation>
    </message>
    <message>
        <source>Ticks the cell in the outline; again takes the tick away</source>
        <translation>Hakt die Zelle in der Gliederung ab; noch einmal nimmt den Haken weg</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Review</translation>
    </message>
    <message>
        <source>Suggestions are made for the file itself, and another revision is shown as head; choose the working tree in the history.</source>
        <translation>Vorschläge gelten der Datei selbst, und als Head wird ein anderer Stand gezeigt; das Arbeitsverzeichnis im Verlauf wählen.</translation>
    </message>
    <message>
        <source>Very small machines: quick, for short edits.</source>
        <translation>Sehr kleine Rechner: schnell, für kurze Änderungen.</translation>
    </message>
    <message>
        <source>Laptops without a graphics card.</source>
        <translation>Laptops ohne Grafikkarte.</translation>
    </message>
    <message>
        <source>Between 1.5B and 7B; mind its licence.</source>
        <translation>Zwischen 1.5B und 7B; auf die Lizenz achten.</translation>
    </message>
    <message>
        <source>Short notebooks: its context is small.</source>
        <translation>Kurze Notebooks: Der Kontext ist klein.</translation>
    </message>
    <message>
        <source>The usual choice for code with 16 GB of memory.</source>
        <translation>Die übliche Wahl für Code bei 16 GB Speicher.</translation>
    </message>
    <message>
        <source>Reasons before it answers: slower, for verdicts.</source>
        <translation>Denkt nach, bevor es antwortet: langsamer, für Urteile.</translation>
    </message>
    <message>
        <source>A graphics card of 12 GB or more.</source>
        <translation>Eine Grafikkarte mit 12 GB oder mehr.</translation>
    </message>
    <message>
        <source>A graphics card of 24 GB.</source>
        <translation>Eine Grafikkarte mit 24 GB.</translation>
    </message>
    <message>
        <source>Open &amp;folder or repository…</source>
        <translation>&amp;Ordner oder Repository öffnen…</translation>
    </message>
    <message>
        <source>Lists the notebooks that changed in a folder since the last commit</source>
        <translation>Listet die Notebooks eines Ordners auf, die sich seit dem letzten Commit geändert haben</translation>
    </message>
    <message>
        <source>Review a ra&amp;nge…</source>
        <translation>Bere&amp;ich durchsehen…</translation>
    </message>
    <message>
        <source>Lists the notebooks that changed between two branches, tags or commits</source>
        <translation>Listet die Notebooks auf, die sich zwischen zwei Branches, Tags oder Commits geändert haben</translation>
    </message>
    <message>
        <source>Close fol&amp;der or range</source>
        <translation>Ordner oder Bereich &amp;schließen</translation>
    </message>
    <message>
        <source>Puts the list of files away; what is shown in the diff stays</source>
        <translation>Legt die Dateiliste weg; was im Diff zu sehen ist, bleibt</translation>
    </message>
    <message>
        <source>Export re&amp;view…</source>
        <translation>&amp;Review exportieren…</translation>
    </message>
    <message>
        <source>The whole review as one page of HTML, or as Markdown for a pull request</source>
        <translation>Das ganze Review als eine HTML-Seite oder als Markdown für einen Pull Request</translation>
    </message>
    <message>
        <source>New &amp;window</source>
        <translation>&amp;Neues Fenster</translation>
    </message>
    <message>
        <source>C&amp;lose window</source>
        <translation>Fenster s&amp;chließen</translation>
    </message>
    <message>
        <source>Closes every window; what was open comes back with the next start</source>
        <translation>Schließt alle Fenster; was offen war, kommt beim nächsten Start wieder</translation>
    </message>
    <message>
        <source>Takes back the newest acceptance, revert, staging or act on a comment in this notebook</source>
        <translation>Nimmt die neueste Annahme, Zurücksetzung, Vormerkung oder Handlung an einem Kommentar in diesem Notebook zurück</translation>
    </message>
    <message>
        <source>Copy se&amp;lection</source>
        <translation>Auswahl &amp;kopieren</translation>
    </message>
    <message>
        <source>What is selected, without signs (Ctrl+C)</source>
        <translation>Das Ausgewählte, ohne Zeichen (Ctrl+C)</translation>
    </message>
    <message>
        <source>Copy as &amp;patch</source>
        <translation>Als &amp;Patch kopieren</translation>
    </message>
    <message>
        <source>The selected lines, or the change at hand, with the signs of a unified diff</source>
        <translation>Die ausgewählten Zeilen oder die aktuelle Änderung, mit den Zeichen eines Unified Diff</translation>
    </message>
    <message>
        <source>Select the c&amp;ell&apos;s source</source>
        <translation>Quelltext der &amp;Zelle auswählen</translation>
    </message>
    <message>
        <source>All of the current cell (Ctrl+A)</source>
        <translation>Die ganze aktuelle Zelle (Ctrl+A)</translation>
    </message>
    <message>
        <source>Select line &amp;below</source>
        <translation>Zeile &amp;darunter auswählen</translation>
    </message>
    <message>
        <source>The line at hand, then one more with each press, across cells (Shift+Down)</source>
        <translation>Die aktuelle Zeile, dann mit jedem Druck eine mehr, über Zellen hinweg (Umschalt+Ab)</translation>
    </message>
    <message>
        <source>Select &amp;lines</source>
        <translation>&amp;Zeilen auswählen</translation>
    </message>
    <message>
        <source>Select line &amp;above</source>
        <translation>Zeile da&amp;rüber auswählen</translation>
    </message>
    <message>
        <source>The line at hand, then one more with each press, across cells (Shift+Up)</source>
        <translation>Die aktuelle Zeile, dann mit jedem Druck eine mehr, über Zellen hinweg (Umschalt+Auf)</translation>
    </message>
    <message>
        <source>Selected lines of the &amp;base</source>
        <translation>Ausgewählte Zeilen der &amp;Basis</translation>
    </message>
    <message>
        <source>The same lines on the left side (Shift+Left)</source>
        <translation>Dieselben Zeilen auf der linken Seite (Umschalt+Links)</translation>
    </message>
    <message>
        <source>Selected lines of the &amp;head</source>
        <translation>Ausgewählte Zeilen des &amp;Heads</translation>
    </message>
    <message>
        <source>The same lines on the right side (Shift+Right)</source>
        <translation>Dieselben Zeilen auf der rechten Seite (Umschalt+Rechts)</translation>
    </message>
    <message>
        <source>Select &amp;nothing</source>
        <translation>&amp;Nichts auswählen</translation>
    </message>
    <message>
        <source>Let the selection go (Escape)</source>
        <translation>Die Auswahl aufheben (Esc)</translation>
    </message>
    <message>
        <source>&amp;Capitals count</source>
        <translation>&amp;Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>F&amp;ind by</source>
        <translation>Such&amp;optionen</translation>
    </message>
    <message>
        <source>&amp;Whole words only</source>
        <translation>Nur ganze &amp;Wörter</translation>
    </message>
    <message>
        <source>Regular e&amp;xpression</source>
        <translation>&amp;Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Look into &amp;outputs</source>
        <translation>Auch in &amp;Ausgaben suchen</translation>
    </message>
    <message>
        <source>P&amp;references…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>Every setting: look, comparing, model, servers</source>
        <translation>Alle Einstellungen: Aussehen, Vergleich, Modell, Server</translation>
    </message>
    <message>
        <source>Markdown &amp;rendered</source>
        <translation>Markdown ge&amp;rendert</translation>
    </message>
    <message>
        <source>Markdown as it reads with its changes marked, or its source</source>
        <translation>Markdown, wie es sich liest, mit markierten Änderungen, oder sein Quelltext</translation>
    </message>
    <message>
        <source>Open output in &amp;browser…</source>
        <translation>Ausgabe im &amp;Browser öffnen…</translation>
    </message>
    <message>
        <source>Asks first; then writes a page without scripts, and opens it</source>
        <translation>Fragt zuerst; schreibt dann eine Seite ohne Skripte und öffnet sie</translation>
    </message>
    <message>
        <source>&amp;History and outline</source>
        <translation>&amp;Verlauf und Gliederung</translation>
    </message>
    <message>
        <source>Beside the diff, or the room for the diff</source>
        <translation>Neben dem Vergleich, oder der Platz für den Vergleich</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Bereiche</translation>
    </message>
    <message>
        <source>Open or close this &amp;fold</source>
        <translation>&amp;Hier ein- oder ausklappen</translation>
    </message>
    <message>
        <source>The fold at hand (Enter on it)</source>
        <translation>Die aktuelle Klappstelle (Enter darauf)</translation>
    </message>
    <message>
        <source>S&amp;wap base and head</source>
        <translation>Basis und Head &amp;vertauschen</translation>
    </message>
    <message>
        <source>Base as head, head as base</source>
        <translation>Basis als Head, Head als Basis</translation>
    </message>
    <message>
        <source>How the notebook &amp;grew</source>
        <translation>&amp;Wie das Notebook wuchs</translation>
    </message>
    <message>
        <source>A column for each commit, below the history</source>
        <translation>Eine Spalte je Commit, unter dem Verlauf</translation>
    </message>
    <message>
        <source>Picture &amp;side by side</source>
        <translation>Bild &amp;nebeneinander</translation>
    </message>
    <message>
        <source>Shows the picture at hand as base and head beside each other</source>
        <translation>Zeigt das aktuelle Bild als Basis und Head nebeneinander</translation>
    </message>
    <message>
        <source>&amp;Pictures and tables</source>
        <translation>Bilder und Tabe&amp;llen</translation>
    </message>
    <message>
        <source>Picture s&amp;wiped</source>
        <translation>Bild zum &amp;Wischen</translation>
    </message>
    <message>
        <source>Base and head in one place, parted by a line that can be moved</source>
        <translation>Basis und Head an einer Stelle, geteilt durch eine verschiebbare Linie</translation>
    </message>
    <message>
        <source>Picture in &amp;onion skin</source>
        <translation>Bild als &amp;Zwiebelhaut</translation>
    </message>
    <message>
        <source>The head over the base, as transparent as is wished</source>
        <translation>Der Head über der Basis, so durchsichtig wie gewünscht</translation>
    </message>
    <message>
        <source>Picture as what &amp;differs</source>
        <translation>Bild als &amp;Unterschied</translation>
    </message>
    <message>
        <source>Marks every pixel that differs</source>
        <translation>Markiert jedes abweichende Pixel</translation>
    </message>
    <message>
        <source>&amp;All pictures this way</source>
        <translation>&amp;Alle Bilder so anzeigen</translation>
    </message>
    <message>
        <source>&amp;Next picture or table</source>
        <translation>Nä&amp;chstes Bild oder nächste Tabelle</translation>
    </message>
    <message>
        <source>&amp;Previous picture or table</source>
        <translation>&amp;Vorheriges Bild oder vorherige Tabelle</translation>
    </message>
    <message>
        <source>Op&amp;en picture or table…</source>
        <translation>Bild oder Tabelle ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>In a window of its own: zoom and pixels, or sorting and filters (Enter on the output)</source>
        <translation>In einem eigenen Fenster: Zoom und Pixel oder Sortieren und Filter (Enter auf der Ausgabe)</translation>
    </message>
    <message>
        <source>&amp;Copy picture or table</source>
        <translation>Bild oder Tabelle &amp;kopieren</translation>
    </message>
    <message>
        <source>Save p&amp;icture as…</source>
        <translation>Bild &amp;speichern unter…</translation>
    </message>
    <message>
        <source>&amp;Cell…</source>
        <translation>&amp;Zelle…</translation>
    </message>
    <message>
        <source>To a cell by number, [execution count] or id</source>
        <translation>Zu einer Zelle über Nummer, [Ausführungszähler] oder ID</translation>
    </message>
    <message>
        <source>&amp;Other place of this cell</source>
        <translation>Anderer &amp;Ort dieser Zelle</translation>
    </message>
    <message>
        <source>Where a moved cell stood, and back</source>
        <translation>Wo eine verschobene Zelle stand, und zurück</translation>
    </message>
    <message>
        <source>Next fol&amp;d</source>
        <translation>Nächste &amp;Klappstelle</translation>
    </message>
    <message>
        <source>Previous fo&amp;ld</source>
        <translation>Vorhe&amp;rige Klappstelle</translation>
    </message>
    <message>
        <source>Next no&amp;tebook</source>
        <translation>Näch&amp;stes Notebook</translation>
    </message>
    <message>
        <source>The next notebook of the folder or range under review</source>
        <translation>Das nächste Notebook des Ordners oder Bereichs im Review</translation>
    </message>
    <message>
        <source>Previous note&amp;book</source>
        <translation>Vorheri&amp;ges Notebook</translation>
    </message>
    <message>
        <source>The notebook before in the folder or range under review</source>
        <translation>Das vorherige Notebook des Ordners oder Bereichs im Review</translation>
    </message>
    <message>
        <source>Next notebook not &amp;viewed</source>
        <translation>Nächstes &amp;ungesehenes Notebook</translation>
    </message>
    <message>
        <source>Goes on with the next notebook that has no tick</source>
        <translation>Geht weiter zum nächsten Notebook ohne Haken</translation>
    </message>
    <message>
        <source>F&amp;iles</source>
        <translation>Da&amp;teien</translation>
    </message>
    <message>
        <source>Puts the keyboard into the list of files</source>
        <translation>Setzt den Tastaturfokus in die Liste der Dateien</translation>
    </message>
    <message>
        <source>Next co&amp;mment</source>
        <translation>Nä&amp;chster Kommentar</translation>
    </message>
    <message>
        <source>Goes to the next thread that the Comments tab lists</source>
        <translation>Geht zum nächsten Thread, den der Reiter „Kommentare“ auflistet</translation>
    </message>
    <message>
        <source>Previous comme&amp;nt</source>
        <translation>Vorheriger Ko&amp;mmentar</translation>
    </message>
    <message>
        <source>Goes to the thread before</source>
        <translation>Geht zum vorherigen Thread</translation>
    </message>
    <message>
        <source>Filter the his&amp;tory</source>
        <translation>Verlauf &amp;filtern</translation>
    </message>
    <message>
        <source>By words of the summary, by author or by id</source>
        <translation>Nach Wörtern der Zusammenfassung, nach Autor oder nach ID</translation>
    </message>
    <message>
        <source>&amp;History of this cell…</source>
        <translation>&amp;Verlauf dieser Zelle…</translation>
    </message>
    <message>
        <source>Which commits changed it, and who wrote each line</source>
        <translation>Welche Commits sie geändert haben, und wer welche Zeile schrieb</translation>
    </message>
    <message>
        <source>&amp;Notebook viewed</source>
        <translation>&amp;Notebook gesehen</translation>
    </message>
    <message>
        <source>Ticks the whole notebook in the list of files; again takes the tick away</source>
        <translation>Hakt das ganze Notebook in der Dateiliste ab; noch einmal nimmt den Haken weg</translation>
    </message>
    <message>
        <source>Co&amp;mment on this line or cell…</source>
        <translation>Zeile oder Zelle &amp;kommentieren…</translation>
    </message>
    <message>
        <source>On the line that was clicked or selected, else on the cell; answers the thread that is there</source>
        <translation>Auf der angeklickten oder ausgewählten Zeile, sonst auf der Zelle; antwortet auf den Thread, der dort ist</translation>
    </message>
    <message>
        <source>Resol&amp;ve this thread, or open it again</source>
        <translation>Diesen &amp;Thread erledigen oder wieder öffnen</translation>
    </message>
    <message>
        <source>The thread that the Comments tab marks, else that of the current cell</source>
        <translation>Der im Reiter „Kommentare“ markierte Thread, sonst der der aktuellen Zelle</translation>
    </message>
    <message>
        <source>&amp;Stage cell</source>
        <translation>Zelle vor&amp;merken (Stage)</translation>
    </message>
    <message>
        <source>Puts this cell of the working tree, and nothing else, into git&apos;s index</source>
        <translation>Nimmt diese Zelle des Arbeitsverzeichnisses, und nur sie, in den Index von git auf</translation>
    </message>
    <message>
        <source>&amp;Unstage cell</source>
        <translation>Vormerkung der Zelle a&amp;ufheben</translation>
    </message>
    <message>
        <source>Takes this cell out of git&apos;s index</source>
        <translation>Nimmt diese Zelle aus dem Index von git heraus</translation>
    </message>
    <message>
        <source>Revert cell to &amp;base</source>
        <translation>Zelle auf &amp;Basis zurücksetzen</translation>
    </message>
    <message>
        <source>Writes this cell into the file as the base has it; every other cell stays</source>
        <translation>Schreibt diese Zelle so in die Datei, wie die Basis sie hat; jede andere Zelle bleibt</translation>
    </message>
    <message>
        <source>&amp;Edit cell in place</source>
        <translation>Zelle an &amp;Ort und Stelle bearbeiten</translation>
    </message>
    <message>
        <source>Write into this cell of the file; nothing is written before Save</source>
        <translation>In diese Zelle der Datei schreiben; vor „Speichern“ wird nichts geschrieben</translation>
    </message>
    <message>
        <source>&amp;Propose an edit for this cell…</source>
        <translation>&amp;Änderung dieser Zelle vorschlagen…</translation>
    </message>
    <message>
        <source>&amp;Will this cell crash?</source>
        <translation>Wird diese Zelle abst&amp;ürzen?</translation>
    </message>
    <message>
        <source>&amp;Accept card</source>
        <translation>Karte &amp;annehmen</translation>
    </message>
    <message>
        <source>&amp;Edit card, then accept</source>
        <translation>Karte b&amp;earbeiten, dann annehmen</translation>
    </message>
    <message>
        <source>&amp;Reject card</source>
        <translation>Karte ab&amp;lehnen</translation>
    </message>
    <message>
        <source>Accept all &amp;cells of the card</source>
        <translation>Alle &amp;Zellen der Karte annehmen</translation>
    </message>
    <message>
        <source>Writes every change of an answer about several cells in one step, which one undo takes back</source>
        <translation>Schreibt alle Änderungen einer Antwort zu mehreren Zellen in einem Schritt, den ein einziges Rückgängig zurücknimmt</translation>
    </message>
    <message>
        <source>Reject all cells of the car&amp;d</source>
        <translation>Alle Zellen de&amp;r Karte ablehnen</translation>
    </message>
    <message>
        <source>&amp;Make card again</source>
        <translation>Karte neu er&amp;stellen</translation>
    </message>
    <message>
        <source>Asks again for a card that is stale or failed, for the notebook as it is</source>
        <translation>Fragt für eine veraltete oder fehlgeschlagene Karte neu an, für das Notebook, wie es jetzt ist</translation>
    </message>
    <message>
        <source>Ne&amp;xt card</source>
        <translation>Nä&amp;chste Karte</translation>
    </message>
    <message>
        <source>Previous card</source>
        <translation>Vorherige Karte</translation>
    </message>
    <message>
        <source>Accept &amp;hunk</source>
        <translation>Absc&amp;hnitt annehmen</translation>
    </message>
    <message>
        <source>Writes only the marked change of the card at hand; the rest waits</source>
        <translation>Schreibt nur die markierte Änderung der aktuellen Karte; der Rest wartet</translation>
    </message>
    <message>
        <source>Reject hun&amp;k</source>
        <translation>Abschn&amp;itt ablehnen</translation>
    </message>
    <message>
        <source>Next hunk of the card</source>
        <translation>Nächster Abschnitt der Karte</translation>
    </message>
    <message>
        <source>Previous hunk of the card</source>
        <translation>Vorheriger Abschnitt der Karte</translation>
    </message>
    <message>
        <source>&amp;Fix this finding</source>
        <translation>Diesen Be&amp;fund beheben</translation>
    </message>
    <message>
        <source>Asks the model to mend what was found of the cell, or the marked finding of the list</source>
        <translation>Lässt das Modell beheben, was zur Zelle gefunden wurde, oder den markierten Befund der Liste</translation>
    </message>
    <message>
        <source>Dismiss findin&amp;g</source>
        <translation>Befund ver&amp;werfen</translation>
    </message>
    <message>
        <source>Takes the finding out of the lists; it can be shown again</source>
        <translation>Nimmt den Befund aus den Listen; er lässt sich wieder anzeigen</translation>
    </message>
    <message>
        <source>Show dismissed findings</source>
        <translation>Verworfene Befunde anzeigen</translation>
    </message>
    <message>
        <source>Show what was dec&amp;ided</source>
        <translation>Entschei&amp;dungen anzeigen</translation>
    </message>
    <message>
        <source>Accepted, edited, rejected and undone suggestions, with ways back</source>
        <translation>Angenommene, bearbeitete, abgelehnte und rückgängig gemachte Vorschläge, mit Wegen zurück</translation>
    </message>
    <message>
        <source>&amp;Start kernel…</source>
        <translation>Kernel &amp;starten…</translation>
    </message>
    <message>
        <source>Choose a kernel or an environment; no cell is run</source>
        <translation>Einen Kernel oder eine Umgebung wählen; keine Zelle wird ausgeführt</translation>
    </message>
    <message>
        <source>&amp;Kernel</source>
        <translation>&amp;Kernel</translation>
    </message>
    <message>
        <source>&amp;Attach to a running kernel…</source>
        <translation>Mit &amp;laufendem Kernel verbinden…</translation>
    </message>
    <message>
        <source>A kernel of a running Jupyter, by its connection file</source>
        <translation>Ein Kernel eines laufenden Jupyter, über seine Verbindungsdatei</translation>
    </message>
    <message>
        <source>&amp;Run to here</source>
        <translation>&amp;Bis hierher ausführen</translation>
    </message>
    <message>
        <source>Runs the code cells up to the current one that have not run; what will run is told first</source>
        <translation>Führt die noch nicht ausgeführten Codezellen bis zur aktuellen aus; was laufen wird, wird vorher gesagt</translation>
    </message>
    <message>
        <source>&amp;Dry run of this cell</source>
        <translation>&amp;Probelauf dieser Zelle</translation>
    </message>
    <message>
        <source>Tries the cell in a copy of the kernel that ends with it</source>
        <translation>Probiert die Zelle in einer Kopie des Kernels, die mit ihr endet</translation>
    </message>
    <message>
        <source>&amp;Try on stand-ins</source>
        <translation>Mit Platzhaltern pr&amp;obieren</translation>
    </message>
    <message>
        <source>Tries the cell on objects that stand in for the data; needs no kernel</source>
        <translation>Probiert die Zelle an Objekten, die für die Daten stehen; braucht keinen Kernel</translation>
    </message>
    <message>
        <source>S&amp;can all cells</source>
        <translation>Alle &amp;Zellen prüfen</translation>
    </message>
    <message>
        <source>Judges every code cell by the rules, and by what was allowed</source>
        <translation>Beurteilt jede Codezelle nach den Regeln und nach dem, was erlaubt wurde</translation>
    </message>
    <message>
        <source>&amp;Variables</source>
        <translation>&amp;Variablen</translation>
    </message>
    <message>
        <source>What lives in the kernel, as a table</source>
        <translation>Was im Kernel lebt, als Tabelle</translation>
    </message>
    <message>
        <source>Co&amp;mments</source>
        <translation>Komm&amp;entare</translation>
    </message>
    <message>
        <source>Puts the keyboard into the list of comments</source>
        <translation>Setzt den Tastaturfokus in die Liste der Kommentare</translation>
    </message>
    <message>
        <source>&amp;Interrupt kernel</source>
        <translation>Kernel &amp;unterbrechen</translation>
    </message>
    <message>
        <source>Restart &amp;kernel</source>
        <translation>Kernel &amp;neu starten</translation>
    </message>
    <message>
        <source>Shut d&amp;own kernel</source>
        <translation>Kernel &amp;herunterfahren</translation>
    </message>
    <message>
        <source>&amp;Rename variable…</source>
        <translation>Variable &amp;umbenennen…</translation>
    </message>
    <message>
        <source>Renames a variable in every cell that binds or reads it; makes suggestions</source>
        <translation>Benennt eine Variable in jeder Zelle um, die sie bindet oder liest; macht Vorschläge</translation>
    </message>
    <message>
        <source>Re&amp;factor</source>
        <translation>Re&amp;faktorieren</translation>
    </message>
    <message>
        <source>&amp;Set parameter…</source>
        <translation>&amp;Parameter setzen…</translation>
    </message>
    <message>
        <source>Gives a hyper-parameter another value wherever it has one; makes suggestions</source>
        <translation>Gibt einem Hyperparameter überall, wo er einen Wert hat, einen anderen Wert; macht Vorschläge</translation>
    </message>
    <message>
        <source>&amp;Wrap cell into a function…</source>
        <translation>&amp;Zelle in eine Funktion verpacken…</translation>
    </message>
    <message>
        <source>Makes a function of the current cell, and calls it; makes suggestions</source>
        <translation>Macht aus der aktuellen Zelle eine Funktion und ruft sie auf; macht Vorschläge</translation>
    </message>
    <message>
        <source>&amp;Collect imports</source>
        <translation>&amp;Importe sammeln</translation>
    </message>
    <message>
        <source>Puts the imports of all cells into the first that has some; makes suggestions</source>
        <translation>Setzt die Importe aller Zellen in die erste, die welche hat; macht Vorschläge</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Modelle…</translation>
    </message>
    <message>
        <source>Models found on this machine, and loading one</source>
        <translation>Auf diesem Rechner gefundene Modelle, und eines davon laden</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>&amp;Get a model…</source>
        <translation>Modell &amp;holen…</translation>
    </message>
    <message>
        <source>Models that can be downloaded, and which of them fit this machine</source>
        <translation>Modelle zum Herunterladen, und welche davon auf diesen Rechner passen</translation>
    </message>
    <message>
        <source>Model on a &amp;server…</source>
        <translation>Modell auf einem &amp;Server…</translation>
    </message>
    <message>
        <source>Ask any server that speaks OpenAI&apos;s protocol</source>
        <translation>Einen beliebigen Server fragen, der das Protokoll von OpenAI spricht</translation>
    </message>
    <message>
        <source>&amp;Draft from a task…</source>
        <translation>&amp;Entwurf aus einer Aufgabe…</translation>
    </message>
    <message>
        <source>From a task in words and its data to cells that wait to be inserted</source>
        <translation>Von einer Aufgabe in Worten und ihren Daten zu Zellen, die auf das Einfügen warten</translation>
    </message>
    <message>
        <source>&amp;Stop what is running</source>
        <translation>&amp;Laufendes stoppen</translation>
    </message>
    <message>
        <source>&amp;About nbreview</source>
        <translation>&amp;Über nbreview</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Show how the notebook grew</source>
        <translation>Anzeigen, wie das Notebook wuchs</translation>
    </message>
    <message>
        <source>The reply changes no cell.</source>
        <translation>Die Antwort ändert keine Zelle.</translation>
    </message>
    <message>
        <source>A code block does not say which cell it is for.</source>
        <translation>Ein Codeblock sagt nicht, für welche Zelle er ist.</translation>
    </message>
    <message>
        <source>The reply ended before it came to a code block.</source>
        <translation>Die Antwort endete, bevor ein Codeblock kam.</translation>
    </message>
    <message>
        <source>The reply has two code blocks for cell {cell}.</source>
        <translation>Die Antwort hat zwei Codeblöcke für Zelle {cell}.</translation>
    </message>
    <message>
        <source>Cell {cell} is both changed and removed.</source>
        <translation>Zelle {cell} wird zugleich geändert und entfernt.</translation>
    </message>
    <message>
        <source>Cell {cell} was not among the cells that were asked about.</source>
        <translation>Zelle {cell} gehörte nicht zu den Zellen, nach denen gefragt wurde.</translation>
    </message>
    <message>
        <source>No crash found ({likely} likely): {reasoning}</source>
        <translation>Kein Absturz gefunden (zu {likely} wahrscheinlich): {reasoning}</translation>
    </message>
    <message>
        <source>No verdict: {why}</source>
        <translation>Kein Urteil: {why}</translation>
    </message>
    <message>
        <source>{likely} likely to crash, says the model: {reasoning}</source>
        <translation>Absturz zu {likely} wahrscheinlich, sagt das Modell: {reasoning}</translation>
    </message>
    <message>
        <source>under 1 %</source>
        <translation>unter 1 %</translation>
    </message>
    <message>
        <source>over 99 %</source>
        <translation>über 99 %</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>this cell holds no code; choose a code cell.</source>
        <translation>Diese Zelle enthält keinen Code; eine Codezelle wählen.</translation>
    </message>
    <message>
        <source>the reply was not the asked-for object; try again, or load a model with a larger context.</source>
        <translation>Die Antwort war nicht das verlangte Objekt; es noch einmal versuchen oder ein Modell mit größerem Kontext laden.</translation>
    </message>
    <message>
        <source>the reply was cut off; try again, or load a model with a larger context.</source>
        <translation>Die Antwort wurde abgeschnitten; es noch einmal versuchen oder ein Modell mit größerem Kontext laden.</translation>
    </message>
    <message>
        <source>Sheets: {names}; this is the first.</source>
        <translation>Blätter: {names}; dies ist das erste.</translation>
    </message>
    <message>
        <source>{path} was not read, because {library} is not installed; run: pip install {library}</source>
        <translation>{path} wurde nicht gelesen, weil {library} nicht installiert ist; ausführen: pip install {library}</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>array of {type}, shape {shape}</source>
        <translation>Array aus {type}, Form {shape}</translation>
    </message>
    <message>
        <source>{path} is empty; name a folder that holds data.</source>
        <translation>{path} ist leer; einen Ordner nennen, der Daten enthält.</translation>
    </message>
    <message>
        <source>Files: {endings}.</source>
        <translation>Dateien: {endings}.</translation>
    </message>
    <message>
        <source>Pictures by folder: {folders}.</source>
        <translation>Bilder nach Ordner: {folders}.</translation>
    </message>
    <message>
        <source>{path} is of a kind that is not known here; say in the task what it holds.</source>
        <translation>{path} ist von einer hier unbekannten Art; in der Aufgabe sagen, was die Datei enthält.</translation>
    </message>
    <message>
        <source>Begins: {line}</source>
        <translation>Beginnt mit: {line}</translation>
    </message>
    <message>
        <source>Text, encoding {encoding}.</source>
        <translation>Text, Kodierung {encoding}.</translation>
    </message>
    <message>
        <source>{path} is no Parquet file that can be read ({error}); write it again.</source>
        <translation>{path} ist keine lesbare Parquet-Datei ({error}); sie neu schreiben.</translation>
    </message>
    <message>
        <source>{path} is no Excel file that can be read ({error}); save it as .xlsx or .csv.</source>
        <translation>{path} ist keine lesbare Excel-Datei ({error}); sie als .xlsx oder .csv speichern.</translation>
    </message>
    <message>
        <source>{path} is no file of NumPy&apos;s; write it with numpy.savez.</source>
        <translation>{path} ist keine Datei von NumPy; sie mit numpy.savez schreiben.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Sizes and modes of the first: {sizes}.</source>
        <translation>Größen und Modi der ersten: {sizes}.</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>binär</translation>
    </message>
    <message>
        <source>{path} is no file and no folder; name the data that the task is about.</source>
        <translation>{path} ist weder Datei noch Ordner; die Daten nennen, um die es in der Aufgabe geht.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({error}); name a data file that is there.</source>
        <translation>{path} lässt sich nicht lesen ({error}); eine vorhandene Datendatei nennen.</translation>
    </message>
    <message>
        <source>no ending ({count})</source>
        <translation>ohne Endung ({count})</translation>
    </message>
    <message>
        <source>integer</source>
        <translation>ganze Zahl</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>boolean</source>
        <translation>Wahrheitswert</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>category</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>list</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>gemischt</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>{size} bytes</source>
        <translation>{size} Bytes</translation>
    </message>
    <message>
        <source>Separator {separator}, encoding {encoding}.</source>
        <translation>Trennzeichen {separator}, Kodierung {encoding}.</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>senkrechter Strich</translation>
    </message>
    <message>
        <source>One record a line, encoding {encoding}.</source>
        <translation>Ein Datensatz je Zeile, Kodierung {encoding}.</translation>
    </message>
    <message>
        <source>{path} is no table of separated values from line {line} on ({error}); look at it there.</source>
        <translation>{path} ist ab Zeile {line} keine Tabelle getrennter Werte ({error}); dort nachsehen.</translation>
    </message>
    <message>
        <source>No header line.</source>
        <translation>Keine Kopfzeile.</translation>
    </message>
    <message>
        <source>Rows are of different lengths.</source>
        <translation>Die Zeilen sind verschieden lang.</translation>
    </message>
    <message>
        <source>{path} is no JSON ({error}); check how it was written.</source>
        <translation>{path} ist kein JSON ({error}); prüfen, wie die Datei geschrieben wurde.</translation>
    </message>
    <message>
        <source>A list of records.</source>
        <translation>Eine Liste von Datensätzen.</translation>
    </message>
    <message>
        <source>An object whose “{inner}” is a list of records; its other keys: {keys}.</source>
        <translation>Ein Objekt, dessen „{inner}“ eine Liste von Datensätzen ist; weitere Schlüssel: {keys}.</translation>
    </message>
    <message>
        <source>1 line is no JSON.</source>
        <translation>1 Zeile ist kein JSON.</translation>
    </message>
    <message>
        <source>{path} is larger than {most} MiB ; turn it into JSON lines.</source>
        <translation>{path} ist größer als {most} MiB; in JSON Lines umwandeln.</translation>
    </message>
    <message>
        <source>An object of columns.</source>
        <translation>Ein Objekt aus Spalten.</translation>
    </message>
    <message>
        <source>One object.</source>
        <translation>Ein einzelnes Objekt.</translation>
    </message>
    <message>
        <source>One value of type {type}.</source>
        <translation>Ein einzelner Wert vom Typ {type}.</translation>
    </message>
    <message>
        <source>{count} lines are no JSON.</source>
        <translation>{count} Zeilen sind kein JSON.</translation>
    </message>
    <message>
        <source>Encoding {encoding}.</source>
        <translation>Kodierung {encoding}.</translation>
    </message>
    <message>
        <source>The plan has no part “{part}”.</source>
        <translation>Der Plan hat keinen Teil „{part}“.</translation>
    </message>
    <message>
        <source>The reply has no code block that is code.</source>
        <translation>Die Antwort hat keinen Codeblock mit Code.</translation>
    </message>
    <message>
        <source>Code block {number} is not closed.</source>
        <translation>Codeblock {number} ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>Code block {number} cannot be used. {problem}</source>
        <translation>Codeblock {number} ist nicht verwendbar. {problem}</translation>
    </message>
    <message>
        <source>Chosen by hand.</source>
        <translation>Von Hand gewählt.</translation>
    </message>
    <message>
        <source>The draft does not fit the model&apos;s context of {context} tokens; load the model with a larger context, allow shorter replies, or make the task shorter.</source>
        <translation>Der Entwurf passt nicht in den Kontext des Modells von {context} Token; das Modell mit größerem Kontext laden, kürzere Antworten zulassen oder die Aufgabe kürzen.</translation>
    </message>
    <message>
        <source>The longest reply was reached before it was done; be shorter.</source>
        <translation>Die längste Antwort war erreicht, bevor sie fertig war; kürzer fassen.</translation>
    </message>
    <message>
        <source>The draft is complete; name the step that is to be made again.</source>
        <translation>Der Entwurf ist fertig; den Schritt nennen, der neu erstellt werden soll.</translation>
    </message>
    <message>
        <source>The {step} need the {needed} first; make that step.</source>
        <translation>Vor dem Schritt {step} kommt der Schritt {needed}; diesen zuerst erstellen.</translation>
    </message>
    <message>
        <source>There is one plan.</source>
        <translation>Es gibt nur einen Plan.</translation>
    </message>
    <message>
        <source>The model&apos;s answer cannot be used: {reason} Make the step again, or edit the one before.</source>
        <translation>Die Antwort des Modells ist nicht verwendbar: {reason} Den Schritt noch einmal erstellen oder den davor bearbeiten.</translation>
    </message>
    <message>
        <source>Cells {cells} do not fit the model&apos;s context of {context} tokens together with a reply of {reply}; load the model with a larger context, allow shorter replies, or choose fewer cells.</source>
        <translation>Die Zellen {cells} passen mit einer Antwort von {reply} Token nicht in den Kontext des Modells von {context} Token; das Modell mit größerem Kontext laden, kürzere Antworten zulassen oder weniger Zellen wählen.</translation>
    </message>
    <message>
        <source>No cell of the notebook fits the model&apos;s context of {context} tokens together with a reply of {reply}; load the model with a larger context, allow shorter replies, or choose single cells.</source>
        <translation>Keine Zelle des Notebooks passt mit einer Antwort von {reply} Token in den Kontext des Modells von {context} Token; das Modell mit größerem Kontext laden, kürzere Antworten zulassen oder einzelne Zellen wählen.</translation>
    </message>
    <message>
        <source>Cell {cell} does not fit the model&apos;s context of {context} tokens together with a reply of {reply}; load the model with a larger context, allow shorter replies, or split the cell.</source>
        <translation>Zelle {cell} passt mit einer Antwort von {reply} Token nicht in den Kontext des Modells von {context} Token; das Modell mit größerem Kontext laden, kürzere Antworten zulassen oder die Zelle teilen.</translation>
    </message>
    <message>
        <source>No model is loaded; choose a GGUF file with --model or in the models window first.</source>
        <translation>Kein Modell ist geladen; zuerst mit --model oder im Fenster „Modelle“ eine GGUF-Datei wählen.</translation>
    </message>
    <message>
        <source>cell {cell} defines {name}</source>
        <translation>Zelle {cell} definiert {name}</translation>
    </message>
    <message>
        <source>cell {cell} uses {name}</source>
        <translation>Zelle {cell} verwendet {name}</translation>
    </message>
    <message>
        <source>findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>exemplars</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>passages</source>
        <translation>Textstellen</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>error output</source>
        <translation>Fehlerausgabe</translation>
    </message>
    <message>
        <source>kernel state</source>
        <translation>Zustand des Kernels</translation>
    </message>
    <message>
        <source>saved error</source>
        <translation>gespeicherter Fehler</translation>
    </message>
    <message>
        <source>whole</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>The model gave no reason.</source>
        <translation>Das Modell hat keinen Grund genannt.</translation>
    </message>
    <message>
        <source>The code block is the cell as it was: nothing is changed.</source>
        <translation>Der Codeblock ist die Zelle, wie sie war: Nichts ist geändert.</translation>
    </message>
    <message>
        <source>The reply ended before the model was done thinking.</source>
        <translation>Die Antwort endete, bevor das Modell zu Ende gedacht hatte.</translation>
    </message>
    <message>
        <source>The reply is empty.</source>
        <translation>Die Antwort ist leer.</translation>
    </message>
    <message>
        <source>The reply has no code block.</source>
        <translation>Die Antwort hat keinen Codeblock.</translation>
    </message>
    <message>
        <source>The reply is unfinished: the longest reply was reached.</source>
        <translation>Die Antwort ist unfertig: Die längste Antwort war erreicht.</translation>
    </message>
    <message>
        <source>The reply is unfinished: its code block is not closed.</source>
        <translation>Die Antwort ist unfertig: Ihr Codeblock ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>The reply ended before it came to the code block.</source>
        <translation>Die Antwort endete, bevor der Codeblock kam.</translation>
    </message>
    <message>
        <source>The code block is empty.</source>
        <translation>Der Codeblock ist leer.</translation>
    </message>
    <message>
        <source>The code block is a diff, where the whole cell was asked for.</source>
        <translation>Der Codeblock ist ein Diff, verlangt war die ganze Zelle.</translation>
    </message>
    <message>
        <source>The code block leaves part of the cell out (“{mark}”).</source>
        <translation>Der Codeblock lässt einen Teil der Zelle aus („{mark}“).</translation>
    </message>
    <message>
        <source>The reply has {count} code blocks, where one with the whole cell was asked for.</source>
        <translation>Die Antwort hat {count} Codeblöcke, verlangt war einer mit der ganzen Zelle.</translation>
    </message>
    <message>
        <source>The code block is marked as {tag}, not as Python.</source>
        <translation>Der Codeblock ist als {tag} gekennzeichnet, nicht als Python.</translation>
    </message>
    <message>
        <source>The code does not parse: {problem}, line {line} ({exception}).</source>
        <translation>Der Code ist kein gültiges Python: {problem}, Zeile {line} ({exception}).</translation>
    </message>
    <message>
        <source>The code does not parse.</source>
        <translation>Der Code ist kein gültiges Python.</translation>
    </message>
    <message>
        <source>Left out for length: what is known of {names}</source>
        <translation>Der Länge wegen ausgelassen: was über {names} bekannt ist</translation>
    </message>
    <message>
        <source>{what}.</source>
        <translation>{what}.</translation>
    </message>
    <message>
        <source>Examples of values are cut</source>
        <translation>Beispielwerte sind gekürzt</translation>
    </message>
    <message>
        <source>Columns are told by their types only</source>
        <translation>Spalten sind nur mit ihren Typen genannt</translation>
    </message>
    <message>
        <source>Columns are told by their names only</source>
        <translation>Spalten sind nur mit ihren Namen genannt</translation>
    </message>
    <message>
        <source>Names are told by their types only</source>
        <translation>Namen sind nur mit ihren Typen genannt</translation>
    </message>
    <message>
        <source>other cells</source>
        <translation>andere Zellen</translation>
    </message>
    <message>
        <source>cells to change</source>
        <translation>zu ändernde Zellen</translation>
    </message>
    <message>
        <source>imports</source>
        <translation>Importe</translation>
    </message>
    <message>
        <source>headings</source>
        <translation>Überschriften</translation>
    </message>
    <message>
        <source>neighbours</source>
        <translation>Nachbarzellen</translation>
    </message>
    <message>
        <source>definitions</source>
        <translation>Definitionen</translation>
    </message>
    <message>
        <source>uses</source>
        <translation>Verwendungen</translation>
    </message>
    <message>
        <source>{error} (in {calls}, called here)</source>
        <translation>{error} (in {calls}, hier aufgerufen)</translation>
    </message>
    <message>
        <source>{error}, in the installed {library}.</source>
        <translation>{error}, im installierten {library}.</translation>
    </message>
    <message>
        <source>{error}: it is not installed in the environment of {python}.</source>
        <translation>{error}: in der Umgebung von {python} ist es nicht installiert.</translation>
    </message>
    <message>
        <source>{error}.</source>
        <translation>{error}.</translation>
    </message>
    <message>
        <source>with inplace=True pandas returns None, which {name} was bound to (cell {cell}, line {line})</source>
        <translation>mit inplace=True gibt pandas None zurück, und daran wurde {name} gebunden (Zelle {cell}, Zeile {line})</translation>
    </message>
    <message>
        <source>{label} was taken away above in this cell, line {line}</source>
        <translation>{label} wurde weiter oben in dieser Zelle entfernt, Zeile {line}</translation>
    </message>
    <message>
        <source>{label} was taken away by cell {cell}, line {line}</source>
        <translation>{label} wurde von Zelle {cell} entfernt, Zeile {line}</translation>
    </message>
    <message>
        <source>{error}: {why}.</source>
        <translation>{error}: {why}.</translation>
    </message>
    <message>
        <source>{error}, when this cell was last run.</source>
        <translation>{error}, beim letzten Ausführen dieser Zelle.</translation>
    </message>
    <message>
        <source>By the counts, this cell was run ([{count}]) after cell {last} below it ([{last_count}]), which binds &apos;{name}&apos; as well: run top to bottom, it uses what cell {binder} binds, and its output may be another.</source>
        <translation>Den Zählern nach wurde diese Zelle ([{count}]) nach Zelle {last} darunter ([{last_count}]) ausgeführt, die &apos;{name}&apos; ebenfalls bindet: Von oben nach unten ausgeführt verwendet sie, was Zelle {binder} bindet, und ihre Ausgabe kann eine andere sein.</translation>
    </message>
    <message>
        <source>An error</source>
        <translation>Ein Fehler</translation>
    </message>
    <message>
        <source>{error}, when this cell was last run; it has been changed since.</source>
        <translation>{error}, beim letzten Ausführen dieser Zelle; sie wurde seitdem geändert.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is bound by cell {binder}, which holds no trace of a run, and this cell was run ([{count}]): its output comes from a cell that has been changed since, or is gone.</source>
        <translation>&apos;{name}&apos; wird von Zelle {binder} gebunden, die keine Spur einer Ausführung trägt, und diese Zelle wurde ausgeführt ([{count}]): Ihre Ausgabe stammt von einer Zelle, die seitdem geändert wurde oder nicht mehr da ist.</translation>
    </message>
    <message>
        <source>FileNotFoundError: No such file or directory: {path}: nothing of that name lies beside the notebook, and no cell above makes it.</source>
        <translation>FileNotFoundError: No such file or directory: {path}: Nichts dieses Namens liegt neben dem Notebook, und keine Zelle darüber legt es an.</translation>
    </message>
    <message>
        <source>“{replacement}” replaces it ({source}).</source>
        <translation>„{replacement}“ ersetzt es ({source}).</translation>
    </message>
    <message>
        <source>“{name}” is gone: {told}</source>
        <translation>„{name}“ gibt es nicht mehr: {told}</translation>
    </message>
    <message>
        <source>“{name}” is gone ({source}).</source>
        <translation>„{name}“ gibt es nicht mehr ({source}).</translation>
    </message>
    <message>
        <source>The module “{name}” is gone: {told}</source>
        <translation>Das Modul „{name}“ gibt es nicht mehr: {told}</translation>
    </message>
    <message>
        <source>An array can be counted with as a whole; a list is made one first.</source>
        <translation>Mit einem Array lässt sich als Ganzem rechnen; aus der Liste wird zuerst eines gemacht.</translation>
    </message>
    <message>
        <source>These arrays have equally many rows, and not equally many columns: they are joined side by side.</source>
        <translation>Diese Arrays haben gleich viele Zeilen, aber nicht gleich viele Spalten: Sie werden nebeneinander verbunden.</translation>
    </message>
    <message>
        <source>This loss takes floats as targets.</source>
        <translation>Diese Verlustfunktion nimmt Gleitkommazahlen als Zielwerte.</translation>
    </message>
    <message>
        <source>An array has “{name}”; a list is made one first.</source>
        <translation>Ein Array hat „{name}“; aus der Liste wird zuerst eines gemacht.</translation>
    </message>
    <message>
        <source>This loss takes whole numbers (the classes) as targets.</source>
        <translation>Diese Verlustfunktion nimmt ganze Zahlen (die Klassen) als Zielwerte.</translation>
    </message>
    <message>
        <source>A comma was missing between two rows.</source>
        <translation>Zwischen zwei Zeilen fehlte ein Komma.</translation>
    </message>
    <message>
        <source>“{name}” is the module; what is called is “{path}.{path}” in it.</source>
        <translation>„{name}“ ist das Modul; aufgerufen wird „{path}.{path}“ darin.</translation>
    </message>
    <message>
        <source>“{name}” is a function that is called, not set; restart the kernel, where it is lost.</source>
        <translation>„{name}“ ist eine Funktion, die aufgerufen und nicht gesetzt wird; den Kernel neu starten, in dem sie verloren ging.</translation>
    </message>
    <message>
        <source>“{name}” is a variable here and hides the built-in function; restart the kernel, or delete the variable with “del {name}”.</source>
        <translation>„{name}“ ist hier eine Variable und verdeckt die eingebaute Funktion; den Kernel neu starten oder die Variable mit „del {name}“ löschen.</translation>
    </message>
    <message>
        <source>“subplots” gives a figure and its axes; “subplot” adds one axes.</source>
        <translation>„subplots“ gibt eine Figure und ihre Axes; „subplot“ fügt eine einzelne Axes hinzu.</translation>
    </message>
    <message>
        <source>The bracket “(” was not closed.</source>
        <translation>Die Klammer „(“ wurde nicht geschlossen.</translation>
    </message>
    <message>
        <source>There is one “{bracket}” too many.</source>
        <translation>Es gibt ein „{bracket}“ zu viel.</translation>
    </message>
    <message>
        <source>What “{left}” opens “{right}” closes.</source>
        <translation>Was „{left}“ öffnet, schließt „{right}“.</translation>
    </message>
    <message>
        <source>A comma was missing between two values.</source>
        <translation>Zwischen zwei Werten fehlte ein Komma.</translation>
    </message>
    <message>
        <source>The bracket “{bracket}” was not closed.</source>
        <translation>Die Klammer „{bracket}“ wurde nicht geschlossen.</translation>
    </message>
    <message>
        <source>The file is not UTF-8; Latin-1 reads every byte.</source>
        <translation>Die Datei ist nicht in UTF-8; Latin-1 liest jedes Byte.</translation>
    </message>
    <message>
        <source>A {kind} has no positions; a list has.</source>
        <translation>{kind} hat keine Positionen; eine Liste hat welche.</translation>
    </message>
    <message>
        <source>“{name}” is no method: it is not called.</source>
        <translation>„{name}“ ist keine Methode: Es wird nicht aufgerufen.</translation>
    </message>
    <message>
        <source>“{name}” takes square brackets.</source>
        <translation>„{name}“ nimmt eckige Klammern.</translation>
    </message>
    <message>
        <source>“{name}” is a method: it is called with round brackets.</source>
        <translation>„{name}“ ist eine Methode: Sie wird mit runden Klammern aufgerufen.</translation>
    </message>
    <message>
        <source>An axes&apos; title is set by set_title.</source>
        <translation>Den Titel einer Axes setzt set_title.</translation>
    </message>
    <message>
        <source>“{name}” is no function: what it holds is taken with square brackets.</source>
        <translation>„{name}“ ist keine Funktion: Was es enthält, wird mit eckigen Klammern geholt.</translation>
    </message>
    <message>
        <source>static checks</source>
        <translation>die statischen Prüfungen</translation>
    </message>
    <message>
        <source>{before} and {part}</source>
        <translation>{before} und {part}</translation>
    </message>
    <message>
        <source>“{name}” is “{meant}”</source>
        <translation>„{meant}“ statt „{name}“</translation>
    </message>
    <message>
        <source>A method gets its object as the first argument; {names} had no name for it.</source>
        <translation>Eine Methode bekommt ihr Objekt als erstes Argument; bei {names} fehlte ein Name dafür.</translation>
    </message>
    <message>
        <source>“{name}” is kept in the object: its methods read it as “self.{name}”.</source>
        <translation>„{name}“ steht im Objekt: Seine Methoden lesen es als „self.{name}“.</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>„{name}“</translation>
    </message>
    <message>
        <source>{name} takes the arrays as one sequence.</source>
        <translation>{name} nimmt die Arrays als eine Sequenz.</translation>
    </message>
    <message>
        <source>Not all columns are numbers; numeric_only leaves the others out, as pandas did before 2.0.</source>
        <translation>Nicht alle Spalten sind Zahlen; numeric_only lässt die anderen aus, wie es pandas vor 2.0 tat.</translation>
    </message>
    <message>
        <source>“.dt” is for dates, and these are not read as dates yet.</source>
        <translation>„.dt“ ist für Datumsangaben, und diese sind noch nicht als solche gelesen.</translation>
    </message>
    <message>
        <source>“{name}” is a method of the class datetime.datetime, not of the module datetime.</source>
        <translation>„{name}“ ist eine Methode der Klasse datetime.datetime, nicht des Moduls datetime.</translation>
    </message>
    <message>
        <source>“.str” is for text, and this is none: it is made text.</source>
        <translation>„.str“ ist für Text, und dies ist keiner: Es wird zu Text gemacht.</translation>
    </message>
    <message>
        <source>“{name}” has to be fitted on the training data before this.</source>
        <translation>„{name}“ muss vorher an die Trainingsdaten angepasst werden.</translation>
    </message>
    <message>
        <source>scikit-learn asks for two dimensions here: rows are samples, columns are features.</source>
        <translation>scikit-learn verlangt hier zwei Dimensionen: Zeilen sind Beobachtungen, Spalten sind Merkmale.</translation>
    </message>
    <message>
        <source>“{text}” and what it goes with are of two halves of one split: “{new}” is the partner.</source>
        <translation>„{text}“ und sein Gegenstück stammen aus zwei Hälften einer Aufteilung: „{new}“ gehört dazu.</translation>
    </message>
    <message>
        <source>“{name}” has not been fitted yet; it learns from the training data here.</source>
        <translation>„{name}“ wurde noch nicht angepasst; hier lernt es von den Trainingsdaten.</translation>
    </message>
    <message>
        <source>train_test_split gives both parts of its first argument, then those of the second.</source>
        <translation>train_test_split gibt beide Teile seines ersten Arguments, dann die des zweiten.</translation>
    </message>
    <message>
        <source>Labels have one dimension here.</source>
        <translation>Labels haben hier eine Dimension.</translation>
    </message>
    <message>
        <source>As far as the notebook shows, the column {pairs}.</source>
        <translation>Soweit das Notebook zeigt, heißt die Spalte {pairs}.</translation>
    </message>
    <message>
        <source>A {owner} has no “{name}”; its attribute “{found}” is spelled almost the same.</source>
        <translation>{owner} hat kein „{name}“; sein Attribut „{found}“ schreibt sich fast gleich.</translation>
    </message>
    <message>
        <source>As far as the notebook shows, the key {pairs}.</source>
        <translation>Soweit das Notebook zeigt, heißt der Schlüssel {pairs}.</translation>
    </message>
    <message>
        <source>A {owner} has no “{name}”; its column “{found}” is spelled almost the same.</source>
        <translation>{owner} hat kein „{name}“; die Spalte „{found}“ schreibt sich fast gleich.</translation>
    </message>
    <message>
        <source>drop takes labels of rows unless it is told otherwise: axis=1 is for columns.</source>
        <translation>drop nimmt Bezeichnungen von Zeilen, solange nichts anderes gesagt ist: axis=1 steht für Spalten.</translation>
    </message>
    <message>
        <source>A frame takes positions by “{word}”.</source>
        <translation>Ein DataFrame nimmt Positionen über „{word}“.</translation>
    </message>
    <message>
        <source>Conditions of columns are joined by &amp; and |, each in brackets; “and” asks for one truth.</source>
        <translation>Bedingungen für Spalten werden mit &amp; und | verbunden, jede in Klammern; „and“ fragt nach einem einzigen Wahrheitswert.</translation>
    </message>
    <message>
        <source>A frame takes labels by “{word}”.</source>
        <translation>Ein DataFrame nimmt Bezeichnungen über „{word}“.</translation>
    </message>
    <message>
        <source>What works in place gives None back, and “{name}” is then None.</source>
        <translation>Was an Ort und Stelle ändert, gibt None zurück, und „{name}“ ist dann None.</translation>
    </message>
    <message>
        <source>{last} takes these arguments by keyword only ({source}).</source>
        <translation>{last} nimmt diese Argumente nur mit Namen ({source}).</translation>
    </message>
    <message>
        <source>{owner} takes “{meant}”, and no “{word}”.</source>
        <translation>{owner} nimmt „{meant}“ und kein „{word}“.</translation>
    </message>
    <message>
        <source>There are more than two classes: “macro” averages over them as equals.</source>
        <translation>Es gibt mehr als zwei Klassen: „macro“ mittelt über sie mit gleichem Gewicht.</translation>
    </message>
    <message>
        <source>There are more than two classes: “weighted” averages over them by the number of their samples.</source>
        <translation>Es gibt mehr als zwei Klassen: „weighted“ mittelt über sie nach der Zahl ihrer Beobachtungen.</translation>
    </message>
    <message>
        <source>{owner} takes {new} where it took “{value}” ({source}).</source>
        <translation>{owner} nimmt {new}, wo es „{value}“ nahm ({source}).</translation>
    </message>
    <message>
        <source>{owner} takes “{meant}” for “{word}”.</source>
        <translation>{owner} nimmt „{meant}“ für „{word}“.</translation>
    </message>
    <message>
        <source>The solver “{value}” knows the L1 penalty; the one in use does not.</source>
        <translation>Der Solver „{value}“ kennt die L1-Strafe; der verwendete kennt sie nicht.</translation>
    </message>
    <message>
        <source>{name} no longer takes “{word}” ({source}).</source>
        <translation>{name} nimmt „{word}“ nicht mehr ({source}).</translation>
    </message>
    <message>
        <source>What reaches this layer has {new} features, not {first}, as the message says.</source>
        <translation>Was bei dieser Schicht ankommt, hat {new} Merkmale und nicht {first}, wie die Meldung sagt.</translation>
    </message>
    <message>
        <source>What reaches this layer has {new} channels, not {old}, as the message says.</source>
        <translation>Was bei dieser Schicht ankommt, hat {new} Kanäle und nicht {old}, wie die Meldung sagt.</translation>
    </message>
    <message>
        <source>The data has {new} features, as the message says; the model was told {old}.</source>
        <translation>Die Daten haben {new} Merkmale, wie die Meldung sagt; dem Modell wurden {old} genannt.</translation>
    </message>
    <message>
        <source>The labels are numbers of classes, one a sample: that is what the sparse loss takes.</source>
        <translation>Die Labels sind Nummern von Klassen, eine je Beobachtung: Das nimmt die Sparse-Verlustfunktion.</translation>
    </message>
    <message>
        <source>The tensor has to leave the GPU first, as the message says.</source>
        <translation>Der Tensor muss zuerst die GPU verlassen, wie die Meldung sagt.</translation>
    </message>
    <message>
        <source>A loss is one number without dimensions: item() gives it (PyTorch 0.4.0 release notes).</source>
        <translation>Ein Verlust ist eine einzelne Zahl ohne Dimensionen: item() gibt sie (PyTorch 0.4.0 release notes).</translation>
    </message>
    <message>
        <source>The model was compiled with the metric “{other}”: Keras keeps its history under that name.</source>
        <translation>Das Modell wurde mit der Metrik „{other}“ kompiliert: Keras führt ihren Verlauf unter diesem Namen.</translation>
    </message>
    <message>
        <source>The tensor has to leave the graph first, as the message says.</source>
        <translation>Der Tensor muss zuerst aus dem Graphen gelöst werden, wie die Meldung sagt.</translation>
    </message>
    <message>
        <source>nn.Module has to be set up before layers are put in it.</source>
        <translation>nn.Module muss eingerichtet sein, bevor Schichten hineinkommen.</translation>
    </message>
    <message>
        <source>{kind}.{name} is gone: “{instead}” replaces it ({source}).</source>
        <translation>{kind}.{name} gibt es nicht mehr: „{instead}“ ersetzt es ({source}).</translation>
    </message>
    <message>
        <source>“{name}” is gone: {told} says the same ({source}).</source>
        <translation>„{name}“ gibt es nicht mehr: {told} sagt dasselbe ({source}).</translation>
    </message>
    <message>
        <source>“{name}” is not installed in this environment; PyPI has it as “{distribution}”.</source>
        <translation>„{name}“ ist in dieser Umgebung nicht installiert; auf PyPI heißt es „{distribution}“.</translation>
    </message>
    <message>
        <source>A {kind} has no “{name}”; it has “{meant}”.</source>
        <translation>{kind} hat kein „{name}“, aber „{meant}“.</translation>
    </message>
    <message>
        <source>There is no “{name}”; “{new}” is spelled almost the same.</source>
        <translation>„{name}“ gibt es nicht; „{new}“ schreibt sich fast gleich.</translation>
    </message>
    <message>
        <source>“{name}” does not bring “{path}” along: it is imported by itself.</source>
        <translation>„{name}“ bringt „{path}“ nicht mit: Es wird eigens importiert.</translation>
    </message>
    <message>
        <source>“{module}” has no “{name}”; it has “{meant}”.</source>
        <translation>„{module}“ hat kein „{name}“, aber „{meant}“.</translation>
    </message>
    <message>
        <source>pyplot names it “{name}”.</source>
        <translation>In pyplot heißt es „{name}“.</translation>
    </message>
    <message>
        <source>“{method}” asks for an index of dates, and that of “{name}” is text.</source>
        <translation>„{method}“ verlangt einen Index aus Datumsangaben, und der von „{name}“ ist Text.</translation>
    </message>
    <message>
        <source>The columns of this table are separated by {value}; read_csv takes commas by itself.</source>
        <translation>Die Spalten dieser Tabelle sind durch {value} getrennt; read_csv nimmt von sich aus Kommas an.</translation>
    </message>
    <message>
        <source>print is a function in Python 3: what is printed stands in brackets.</source>
        <translation>print ist in Python 3 eine Funktion: Was ausgegeben wird, steht in Klammern.</translation>
    </message>
    <message>
        <source>Quotes, dashes or spaces here are those of printed text; Python reads the plain ones.</source>
        <translation>Anführungszeichen, Striche oder Leerzeichen sind hier die von gedrucktem Text; Python liest die einfachen.</translation>
    </message>
    <message>
        <source>Python 3 writes exceptions this way (What&apos;s New in Python 3.0).</source>
        <translation>So schreibt Python 3 Ausnahmen (What&apos;s New in Python 3.0).</translation>
    </message>
    <message>
        <source>{reason} And {count} more of this cell.</source>
        <translation>{reason} Und {count} weitere in dieser Zelle.</translation>
    </message>
    <message>
        <source>The line that begins with “{word}” ends with a colon.</source>
        <translation>Die Zeile, die mit „{word}“ beginnt, endet mit einem Doppelpunkt.</translation>
    </message>
    <message>
        <source>Python writes “else if” as “elif”.</source>
        <translation>Python schreibt „else if“ als „elif“.</translation>
    </message>
    <message>
        <source>“=” binds a name; what compares two values is “==”.</source>
        <translation>„=“ bindet einen Namen; zwei Werte vergleicht „==“.</translation>
    </message>
    <message>
        <source>Python writes these signs otherwise: and, or, !=, += 1.</source>
        <translation>Python schreibt diese Zeichen anders: and, or, !=, += 1.</translation>
    </message>
    <message>
        <source>“{first}” is the keyword “{meant}”.</source>
        <translation>„{first}“ ist das Schlüsselwort „{meant}“.</translation>
    </message>
    <message>
        <source>The apostrophe ends this text; in double quotes it is part of it.</source>
        <translation>Der Apostroph beendet diesen Text; in doppelten Anführungszeichen gehört er dazu.</translation>
    </message>
    <message>
        <source>The quote that ends this text was missing.</source>
        <translation>Das Anführungszeichen am Ende dieses Textes fehlte.</translation>
    </message>
    <message>
        <source>Tabs and spaces were mixed; spaces alone say how far a line stands to the right.</source>
        <translation>Tabulatoren und Leerzeichen waren gemischt; allein Leerzeichen sagen, wie weit rechts eine Zeile steht.</translation>
    </message>
    <message>
        <source>Before Python 3.12 an f-string cannot have its own quotes in its braces.</source>
        <translation>Vor Python 3.12 kann ein f-String seine eigenen Anführungszeichen nicht in seinen geschweiften Klammern haben.</translation>
    </message>
    <message>
        <source>A text ends with the quote that it began with.</source>
        <translation>Ein Text endet mit dem Anführungszeichen, mit dem er begann.</translation>
    </message>
    <message>
        <source>What belongs to the line above stands further to the right.</source>
        <translation>Was zur Zeile darüber gehört, steht weiter rechts.</translation>
    </message>
    <message>
        <source>This line stood further to the right than the lines that it belongs to.</source>
        <translation>Diese Zeile stand weiter rechts als die Zeilen, zu denen sie gehört.</translation>
    </message>
    <message>
        <source>This line is one space off the lines that it stands with.</source>
        <translation>Diese Zeile ist um ein Leerzeichen gegen die Zeilen versetzt, bei denen sie steht.</translation>
    </message>
    <message>
        <source>The column marks missing values with “{value}”: errors=&apos;coerce&apos; makes them NaN.</source>
        <translation>Die Spalte bezeichnet fehlende Werte mit „{value}“: errors=&apos;coerce&apos; macht NaN daraus.</translation>
    </message>
    <message>
        <source>“{value}” is written with a separator of thousands.</source>
        <translation>„{value}“ ist mit einem Tausendertrennzeichen geschrieben.</translation>
    </message>
    <message>
        <source>The column holds texts such as “{value}”: what is no number goes first.</source>
        <translation>Die Spalte enthält Texte wie „{value}“: Was keine Zahl ist, wird zuerst entfernt.</translation>
    </message>
    <message>
        <source>A number has to be made a text before it is joined to one.</source>
        <translation>Eine Zahl muss zu Text gemacht werden, bevor sie an einen Text gehängt wird.</translation>
    </message>
    <message>
        <source>A division with / gives a float, also where it comes out even; // gives a whole number.</source>
        <translation>Eine Division mit / gibt eine Gleitkommazahl, auch wo sie aufgeht; // gibt eine ganze Zahl.</translation>
    </message>
    <message>
        <source>A position or a count is a whole number, also where a float comes out even.</source>
        <translation>Eine Position oder Anzahl ist eine ganze Zahl, auch wo eine Gleitkommazahl glatt ist.</translation>
    </message>
    <message>
        <source>The last position is the length less one.</source>
        <translation>Die letzte Position ist die Länge minus eins.</translation>
    </message>
    <message>
        <source>The last position of “{sequence}” is {right} - 1.</source>
        <translation>Die letzte Position von „{sequence}“ ist {right} - 1.</translation>
    </message>
    <message>
        <source>“{value}” has a decimal point.</source>
        <translation>„{value}“ hat einen Dezimalpunkt.</translation>
    </message>
    <message>
        <source>The last position of “{sequence}” is {length} - 1; this loop goes past it.</source>
        <translation>Die letzte Position von „{sequence}“ ist {length} - 1; diese Schleife geht darüber hinaus.</translation>
    </message>
    <message>
        <source>What pickle writes and reads are bytes: the file is opened as such.</source>
        <translation>Was pickle schreibt und liest, sind Bytes: So wird die Datei geöffnet.</translation>
    </message>
    <message>
        <source>This takes one number, and here are many: each is converted by itself.</source>
        <translation>Dies nimmt eine einzelne Zahl, und hier sind es viele: Jede wird für sich umgewandelt.</translation>
    </message>
    <message>
        <source>Some texts are missing, and the mask has no answer for them: na=False leaves their rows out.</source>
        <translation>Einige Texte fehlen, und die Maske hat keine Antwort für sie: na=False lässt ihre Zeilen aus.</translation>
    </message>
    <message>
        <source>All values of a format stand in one tuple behind the “%”.</source>
        <translation>Alle Werte eines Formats stehen in einem Tupel hinter dem „%“.</translation>
    </message>
    <message>
        <source>“{name}” is a method: brackets call it.</source>
        <translation>„{name}“ ist eine Methode: Klammern rufen sie auf.</translation>
    </message>
    <message>
        <source>“{name}” is the class “{text}” itself: brackets make an object of it.</source>
        <translation>„{name}“ ist die Klasse „{text}“ selbst: Klammern machen ein Objekt daraus.</translation>
    </message>
    <message>
        <source>What is read is a text: that is json.loads.</source>
        <translation>Gelesen wird ein Text: Das tut json.loads.</translation>
    </message>
    <message>
        <source>In Python 3 {pairs}.</source>
        <translation>In Python 3 heißt es {pairs}.</translation>
    </message>
    <message>
        <source>{name} takes the shape as one tuple.</source>
        <translation>{name} nimmt die Form als ein Tupel.</translation>
    </message>
    <message>
        <source>What is read is an open file: that is json.load.</source>
        <translation>Gelesen wird eine offene Datei: Das tut json.load.</translation>
    </message>
    <message>
        <source>{name} takes each size by itself.</source>
        <translation>{name} nimmt jede Größe einzeln.</translation>
    </message>
    <message>
        <source>“{name}” was renamed to “{meant}” in this notebook&apos;s history.</source>
        <translation>„{name}“ wurde im Verlauf dieses Notebooks in „{meant}“ umbenannt.</translation>
    </message>
    <message>
        <source>“{name}” is bound nowhere; “{meant}” is, and is spelled almost the same.</source>
        <translation>„{name}“ wird nirgends gebunden; „{meant}“ schon, und es schreibt sich fast gleich.</translation>
    </message>
    <message>
        <source>Cell {cell} imports “{name}” this way; here it is used before that.</source>
        <translation>Zelle {cell} importiert „{name}“ so; hier wird es davor verwendet.</translation>
    </message>
    <message>
        <source>Other notebooks of this repository import “{name}” this way.</source>
        <translation>Andere Notebooks dieses Repositorys importieren „{name}“ so.</translation>
    </message>
    <message>
        <source>“{name}” is not imported anywhere in this notebook; this is how it is usually imported.</source>
        <translation>„{name}“ wird in diesem Notebook nirgends importiert; so wird es üblicherweise importiert.</translation>
    </message>
    <message>
        <source>NameError: name &apos;{name}&apos; is not defined before cell {cell} (read in {calls}, called here)</source>
        <translation>NameError: name &apos;{name}&apos; is not defined (erst Zelle {cell} bindet ihn; gelesen in {calls}, hier aufgerufen)</translation>
    </message>
    <message>
        <source>{what}, when run top to bottom from a fresh kernel.</source>
        <translation>{what}, wenn von oben nach unten in einem frischen Kernel ausgeführt wird.</translation>
    </message>
    <message>
        <source>{what}, once &apos;{earlier}&apos; is there.</source>
        <translation>{what}, sobald &apos;{earlier}&apos; da ist.</translation>
    </message>
    <message>
        <source>{finding} Its last run ended in this, too.</source>
        <translation>{finding} Auch das letzte Ausführen endete so.</translation>
    </message>
    <message>
        <source>{finding} It was deleted with del before.</source>
        <translation>{finding} Er wurde davor mit del gelöscht.</translation>
    </message>
    <message>
        <source>{finding} It was, when last run: what bound it has been changed or deleted since.</source>
        <translation>{finding} Beim letzten Ausführen war er es: Was ihn band, wurde seitdem geändert oder gelöscht.</translation>
    </message>
    <message>
        <source>NameError: name &apos;{name}&apos; is not defined (read in {calls}, called here)</source>
        <translation>NameError: name &apos;{name}&apos; is not defined (gelesen in {calls}, hier aufgerufen)</translation>
    </message>
    <message>
        <source>NameError: name &apos;{name}&apos; is not defined before cell {cell}</source>
        <translation>NameError: name &apos;{name}&apos; is not defined (erst Zelle {cell} bindet ihn)</translation>
    </message>
    <message>
        <source>NameError: name &apos;{name}&apos; is not defined</source>
        <translation>NameError: name &apos;{name}&apos; is not defined</translation>
    </message>
    <message>
        <source>“{new}” is not a name that Python takes; choose another.</source>
        <translation>„{new}“ ist kein Name, den Python annimmt; einen anderen wählen.</translation>
    </message>
    <message>
        <source>No cell of this notebook binds “{old}”; choose one of its variables.</source>
        <translation>Keine Zelle dieses Notebooks bindet „{old}“; eine seiner Variablen wählen.</translation>
    </message>
    <message>
        <source>“{value}” is not one value; write one number or text, or a tuple in parentheses.</source>
        <translation>„{value}“ ist nicht ein einzelner Wert; eine Zahl oder einen Text schreiben, oder ein Tupel in runden Klammern.</translation>
    </message>
    <message>
        <source>Nothing in this notebook gives “{name}” a value; choose the name of a parameter in it.</source>
        <translation>Nichts in diesem Notebook gibt „{name}“ einen Wert; den Namen eines Parameters darin wählen.</translation>
    </message>
    <message>
        <source>Cell {cell} cannot be read as Python; mend it first.</source>
        <translation>Zelle {cell} lässt sich nicht als Python lesen; sie zuerst in Ordnung bringen.</translation>
    </message>
    <message>
        <source>“{new}” is in use in cell {cell}; choose another name.</source>
        <translation>„{new}“ wird in Zelle {cell} verwendet; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Cell {cell} uses “{old}” in a way that cannot be renamed; edit it first.</source>
        <translation>Zelle {cell} verwendet „{old}“ auf eine Art, die sich nicht umbenennen lässt; sie zuerst bearbeiten.</translation>
    </message>
    <message>
        <source>“{value}” is not an expression of Python; write a number or a text.</source>
        <translation>„{value}“ ist kein Ausdruck von Python; eine Zahl oder einen Text schreiben.</translation>
    </message>
    <message>
        <source>“{old}” is a package that is imported as a whole; it keeps its name.</source>
        <translation>„{old}“ ist ein Paket, das als Ganzes importiert wird; es behält seinen Namen.</translation>
    </message>
    <message>
        <source>“{name}” is not a name that Python takes; choose another.</source>
        <translation>„{name}“ ist kein Name, den Python annimmt; einen anderen wählen.</translation>
    </message>
    <message>
        <source>{where} holds no Python that can be read; choose another cell.</source>
        <translation>{where} enthält kein lesbares Python; eine andere Zelle wählen.</translation>
    </message>
    <message>
        <source>{where} has magics or is indented, which a function cannot be; take them out first.</source>
        <translation>{where} hat Magics oder ist eingerückt, was in einer Funktion nicht geht; das zuerst herausnehmen.</translation>
    </message>
    <message>
        <source>“{name}” is in use in this notebook; choose another name.</source>
        <translation>„{name}“ wird in diesem Notebook verwendet; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>{where} waits or returns at its top level, which a function cannot; take that out first.</source>
        <translation>{where} enthält await oder return auf oberster Ebene, was in einer Funktion nicht geht; das zuerst herausnehmen.</translation>
    </message>
    <message>
        <source>{where} imports everything of a module, which a function cannot; name what is used.</source>
        <translation>{where} importiert alles aus einem Modul, was eine Funktion nicht kann; nennen, was verwendet wird.</translation>
    </message>
    <message>
        <source>{where} declares names global, which a function would change; edit it first.</source>
        <translation>{where} erklärt Namen für global, die eine Funktion ändern würde; sie zuerst bearbeiten.</translation>
    </message>
    <message>
        <source>{where} deletes names, which a function would do to its own only; take it out first.</source>
        <translation>{where} löscht Namen, was eine Funktion nur mit ihren eigenen täte; das zuerst herausnehmen.</translation>
    </message>
    <message>
        <source>This looks like Python 2, and the notebook does not say which Python it is for: its cells are not checked. In Python 3 this cell cannot be run.</source>
        <translation>Dies sieht nach Python 2 aus, und das Notebook sagt nicht, für welches Python es ist: Seine Zellen werden nicht geprüft. In Python 3 lässt sich diese Zelle nicht ausführen.</translation>
    </message>
    <message>
        <source>⋯ {count} equal lines</source>
        <translation>⋯ {count} gleiche Zeilen</translation>
    </message>
    <message>
        <source>⋯ {count} equal characters</source>
        <translation>⋯ {count} gleiche Zeichen</translation>
    </message>
    <message>
        <source>⋯ {count} more characters</source>
        <translation>⋯ {count} weitere Zeichen</translation>
    </message>
    <message>
        <source>That change is not part of this comparison; compare the two versions again.</source>
        <translation>Diese Änderung gehört nicht zu diesem Vergleich; die beiden Fassungen erneut vergleichen.</translation>
    </message>
    <message>
        <source>The cell changed its type, so its parts belong together; take the whole cell.</source>
        <translation>Die Zelle hat ihren Typ gewechselt, daher gehören ihre Teile zusammen; die ganze Zelle nehmen.</translation>
    </message>
    <message>
        <source>The cell that this change belongs to is not there to be changed; take the whole cell.</source>
        <translation>Die Zelle, zu der diese Änderung gehört, ist nicht da, um geändert zu werden; die ganze Zelle nehmen.</translation>
    </message>
    <message>
        <source>Object {id} is not in the repository at {folder} (a partial or damaged clone); run “git cat-file -t {id}” there, which fetches it where that is possible.</source>
        <translation>Objekt {id} fehlt im Repository {folder} (ein unvollständiger oder beschädigter Klon); dort „git cat-file -t {id}“ ausführen, das es holt, wo das möglich ist.</translation>
    </message>
    <message>
        <source>“{name}” is not a git object id; name a revision from the notebook&apos;s history.</source>
        <translation>„{name}“ ist keine Objekt-ID von git; eine Revision aus dem Verlauf des Notebooks nennen.</translation>
    </message>
    <message>
        <source>Object {id} is a {kind}, not a file; name a notebook in it.</source>
        <translation>Objekt {id} ist keine Datei (Art: {kind}); ein Notebook darin nennen.</translation>
    </message>
    <message>
        <source>Object {id} has {size} MB, more than the limit of {limit} MB; raise the limit to read it.</source>
        <translation>Objekt {id} hat {size} MB, mehr als die Grenze von {limit} MB; die Grenze anheben, um es zu lesen.</translation>
    </message>
    <message>
        <source>git ended while reading object {id} of {folder}; try again, and run “git fsck” there if it happens again.</source>
        <translation>git hat sich beim Lesen von Objekt {id} in {folder} beendet; noch einmal versuchen und, wenn es wieder geschieht, dort „git fsck“ ausführen.</translation>
    </message>
    <message>
        <source>“{names}” names more than two revisions; name BASE and HEAD, or BASE..HEAD.</source>
        <translation>„{names}“ nennt mehr als zwei Revisionen; BASE und HEAD nennen oder BASE..HEAD.</translation>
    </message>
    <message>
        <source>There is no commit “{name}” in {folder}; “git log” and “git branch” there list what exists.</source>
        <translation>Es gibt in {folder} keinen Commit „{name}“; „git log“ und „git branch“ listen dort auf, was es gibt.</translation>
    </message>
    <message>
        <source>--staged compares the index with one revision; name at most one.</source>
        <translation>--staged vergleicht den Index mit einer Revision; höchstens eine nennen.</translation>
    </message>
    <message>
        <source>“{range}”: the two have no commit in common; write two dots.</source>
        <translation>„{range}“: Die beiden haben keinen gemeinsamen Commit; zwei Punkte schreiben.</translation>
    </message>
    <message>
        <source>base of the merge</source>
        <translation>Basis der Zusammenführung</translation>
    </message>
    <message>
        <source>theirs ({name})</source>
        <translation>deren Fassung ({name})</translation>
    </message>
    <message>
        <source>theirs</source>
        <translation>deren Fassung</translation>
    </message>
    <message>
        <source>{commit} “{summary}”</source>
        <translation>{commit} „{summary}“</translation>
    </message>
    <message>
        <source>ours ({name})</source>
        <translation>unsere Fassung ({name})</translation>
    </message>
    <message>
        <source>ours</source>
        <translation>unsere Fassung</translation>
    </message>
    <message>
        <source>exit code {code}</source>
        <translation>Exit-Code {code}</translation>
    </message>
    <message>
        <source>git cannot read the repository at {folder} ({reason}); run “git fsck” there to see what is wrong.</source>
        <translation>git kann das Repository {folder} nicht lesen ({reason}); dort zeigt „git fsck“, was nicht stimmt.</translation>
    </message>
    <message>
        <source>git was not found on PATH; install it from https://git-scm.com to see a notebook&apos;s history.</source>
        <translation>git wurde im PATH nicht gefunden; von https://git-scm.com installieren, um den Verlauf eines Notebooks zu sehen.</translation>
    </message>
    <message>
        <source>git {version} ({program}) is too old; install git {oldest} or later to see a notebook&apos;s history.</source>
        <translation>git {version} ({program}) ist zu alt; git {oldest} oder neuer installieren, um den Verlauf eines Notebooks zu sehen.</translation>
    </message>
    <message>
        <source>{program} does not say which version of git it is; check its installation.</source>
        <translation>{program} gibt keine Version von git an; die Installation prüfen.</translation>
    </message>
    <message>
        <source>The repository {folder} belongs to another user, so git refuses to read it; if you trust it, run: git config --global --add safe.directory &apos;{folder}&apos;</source>
        <translation>Das Repository {folder} gehört einem anderen Benutzer, daher liest git es nicht; wenn es vertrauenswürdig ist, ausführen: git config --global --add safe.directory &apos;{folder}&apos;</translation>
    </message>
    <message>
        <source>git ({program}) cannot be started; check its installation.</source>
        <translation>git ({program}) lässt sich nicht starten; die Installation prüfen.</translation>
    </message>
    <message>
        <source>git ({program}) cannot be started: {reason}; check its installation.</source>
        <translation>git ({program}) lässt sich nicht starten: {reason}; die Installation prüfen.</translation>
    </message>
    <message>
        <source>{path} was deleted in {revision}; choose an earlier revision.</source>
        <translation>{path} wurde in {revision} gelöscht; eine frühere Revision wählen.</translation>
    </message>
    <message>
        <source>“{name}” does not name a notebook in git; write REVISION:PATH, as in HEAD~1:a.ipynb.</source>
        <translation>„{name}“ nennt kein Notebook in git; REVISION:PFAD schreiben, etwa HEAD~1:a.ipynb.</translation>
    </message>
    <message>
        <source>{path} leads out of the repository {root}; write the path from its top level.</source>
        <translation>{path} führt aus dem Repository {root} hinaus; den Pfad von dessen oberster Ebene an schreiben.</translation>
    </message>
    <message>
        <source>There is no commit “{name}” in {root}; “git log” there lists those that exist.</source>
        <translation>Es gibt in {root} keinen Commit „{name}“; „git log“ listet dort auf, welche es gibt.</translation>
    </message>
    <message>
        <source>{path} is not a file of {name} in {root}; “git ls-tree -r {name}” lists its files.</source>
        <translation>{path} ist keine Datei von {name} in {root}; „git ls-tree -r {name}“ listet dessen Dateien auf.</translation>
    </message>
    <message>
        <source>{path} is not inside the repository {root}; open it by itself.</source>
        <translation>{path} liegt nicht im Repository {root}; die Datei für sich öffnen.</translation>
    </message>
    <message>
        <source>{path} is not in the index of {root}; stage it, or name a commit that has it.</source>
        <translation>{path} ist nicht im Index von {root}; die Datei vormerken oder einen Commit nennen, der sie enthält.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); check who may write there.</source>
        <translation>{path} ist nicht beschreibbar ({reason}); prüfen, wer dort schreiben darf.</translation>
    </message>
    <message>
        <source>GIT_CONFIG_GLOBAL switches the person&apos;s configuration off; unset it and try again.</source>
        <translation>GIT_CONFIG_GLOBAL schaltet die eigene Konfiguration ab; die Variable entfernen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{lock} exists, so another git writes {name} or was ended there; delete it if none runs.</source>
        <translation>{lock} ist vorhanden, also schreibt ein anderes git gerade {name} oder wurde dabei beendet; die Datei löschen, wenn keines läuft.</translation>
    </message>
    <message>
        <source>{path} was changed by another program meanwhile; run the command again.</source>
        <translation>{path} wurde inzwischen von einem anderen Programm geändert; den Befehl noch einmal ausführen.</translation>
    </message>
    <message>
        <source>{path} holds one of the two marks that git-setup wrote and not the other; take out by hand what it wrote.</source>
        <translation>{path} enthält nur eine der beiden Marken, die git-setup geschrieben hat; das von git-setup Geschriebene von Hand entfernen.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); check who may read it.</source>
        <translation>{path} ist nicht lesbar ({reason}); prüfen, wer die Datei lesen darf.</translation>
    </message>
    <message>
        <source>{path} goes through the filter “{filter}” before git stores it, and nbreview runs no filters; stage the whole file with “git add”.</source>
        <translation>{path} geht durch den Filter „{filter}“, bevor git die Datei speichert, und nbreview führt keine Filter aus; die ganze Datei mit „git add“ vormerken.</translation>
    </message>
    <message>
        <source>{path} is stored by git in another encoding than {encoding}; stage the whole file with “git add”.</source>
        <translation>{path} wird von git in einer anderen Kodierung als {encoding} gespeichert; die ganze Datei mit „git add“ vormerken.</translation>
    </message>
    <message>
        <source>{path} holds an $Id$ that git expands; stage the whole file with “git add”.</source>
        <translation>{path} enthält ein $Id$, das git ersetzt; die ganze Datei mit „git add“ vormerken.</translation>
    </message>
    <message>
        <source>The staged version of {path} has changed meanwhile; compare again and retry.</source>
        <translation>Die vorgemerkte Fassung von {path} hat sich inzwischen geändert; erneut vergleichen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{path} is a link or a submodule in git, not a notebook; name the notebook itself.</source>
        <translation>{path} ist in git ein Link oder ein Submodul, kein Notebook; das Notebook selbst nennen.</translation>
    </message>
    <message>
        <source>{path} is in a merge conflict; resolve it and run “git add” on it, then stage parts of it.</source>
        <translation>{path} ist in einem Merge-Konflikt; den Konflikt lösen und „git add“ auf die Datei anwenden, dann Teile davon vormerken.</translation>
    </message>
    <message>
        <source>{path} is outside of the sparse checkout; “git sparse-checkout add” its folder, then stage.</source>
        <translation>{path} liegt außerhalb des Sparse-Checkouts; „git sparse-checkout add“ für den Ordner ausführen, dann vormerken.</translation>
    </message>
    <message>
        <source>{path} is marked as unchanging; run “git update-index --no-assume-unchanged” on it, then stage.</source>
        <translation>{path} ist als unveränderlich markiert; „git update-index --no-assume-unchanged“ für die Datei ausführen, dann vormerken.</translation>
    </message>
    <message>
        <source>{path} was not staged: another git is at work in {folder}; try again when it is done, or remove .git/index.lock if none is running.</source>
        <translation>{path} wurde nicht vorgemerkt: In {folder} arbeitet ein anderes git; noch einmal versuchen, wenn es fertig ist, oder .git/index.lock entfernen, wenn keines läuft.</translation>
    </message>
    <message>
        <source>{path} was not staged: the repository {folder} may not be written by you; ask for permission to write its .git folder.</source>
        <translation>{path} wurde nicht vorgemerkt: Für das Repository {folder} fehlt das Schreibrecht; um Schreibrecht für dessen Ordner .git bitten.</translation>
    </message>
    <message>
        <source>without {name}</source>
        <translation>ohne {name}</translation>
    </message>
    <message>
        <source>{path} can only be read.</source>
        <translation>{path} ist nur lesbar.</translation>
    </message>
    <message>
        <source>The cell runs in a copy of the kernel that ends with it; the kernel&apos;s own variables stay.</source>
        <translation>Die Zelle läuft in einer Kopie des Kernels, die mit ihr endet; die Variablen des Kernels selbst bleiben.</translation>
    </message>
    <message>
        <source>It can read every file that you can read.</source>
        <translation>Sie kann jede Datei lesen, die auch sonst lesbar ist.</translation>
    </message>
    <message>
        <source>Not held: {ways}.</source>
        <translation>Nicht eingeschränkt: {ways}.</translation>
    </message>
    <message>
        <source>Under namespaces its writes vanish, the network is cut, and it cannot see other programs.</source>
        <translation>Unter Namespaces verschwindet, was sie schreibt, das Netz ist getrennt, und andere Programme sieht sie nicht.</translation>
    </message>
    <message>
        <source>Where only Landlock is to be had, it cannot write outside a folder that is removed afterwards; UDP and UNIX sockets, and the rights and times of files, stay open to it.</source>
        <translation>Wo es nur Landlock gibt, kann sie nicht außerhalb eines Ordners schreiben, der danach entfernt wird; UDP- und UNIX-Sockets sowie Rechte und Zeiten von Dateien bleiben ihr offen.</translation>
    </message>
    <message>
        <source>Where neither is to be had, it runs with all your rights: it can write and delete files and use the network.</source>
        <translation>Wo es keines von beiden gibt, läuft sie mit allen eigenen Rechten: Sie kann Dateien schreiben und löschen und das Netz benutzen.</translation>
    </message>
    <message>
        <source>Where neither is to be had, it does not run.</source>
        <translation>Wo es keines von beiden gibt, läuft sie nicht.</translation>
    </message>
    <message>
        <source>It runs in namespaces of its own: no network, no other programs, files read-only.</source>
        <translation>Sie läuft in eigenen Namespaces: kein Netz, keine anderen Programme, Dateien nur lesbar.</translation>
    </message>
    <message>
        <source>Writes below {folders} look real to it and vanish.</source>
        <translation>Was sie unter {folders} schreibt, sieht für sie echt aus und verschwindet.</translation>
    </message>
    <message>
        <source>Landlock refuses it every write outside a folder that is removed afterwards.</source>
        <translation>Landlock verwehrt ihr jedes Schreiben außerhalb eines Ordners, der danach entfernt wird.</translation>
    </message>
    <message>
        <source>Nothing holds it: it runs with all your rights.</source>
        <translation>Nichts schränkt sie ein: Sie läuft mit allen eigenen Rechten.</translation>
    </message>
    <message>
        <source>It does not run: this system offers nothing to hold it.</source>
        <translation>Sie läuft nicht: Dieses System bietet nichts, was sie einschränkt.</translation>
    </message>
    <message>
        <source>The kernel did not answer a question of nbreview ({reason}); try again, or restart it.</source>
        <translation>Der Kernel hat eine Frage von nbreview nicht beantwortet ({reason}); noch einmal versuchen oder ihn neu starten.</translation>
    </message>
    <message>
        <source>The kernel does not evaluate expressions for other programs; use a kernel of ipykernel (pip install ipykernel).</source>
        <translation>Der Kernel wertet keine Ausdrücke für andere Programme aus; einen Kernel von ipykernel verwenden (pip install ipykernel).</translation>
    </message>
    <message>
        <source>A question of nbreview failed in the kernel ({reason}); the kernel is as it was: go on without it, or restart it.</source>
        <translation>Eine Frage von nbreview ist im Kernel gescheitert ({reason}); der Kernel ist, wie er war: ohne sie weitermachen oder ihn neu starten.</translation>
    </message>
    <message>
        <source>no reason given: {text}</source>
        <translation>kein Grund genannt: {text}</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>kein Grund genannt</translation>
    </message>
    <message>
        <source>The source holds half of a character (a lone surrogate) at position {position}, which no kernel can read; type that place again.</source>
        <translation>Der Quelltext enthält an Position {position} ein halbes Zeichen (ein einzelnes Surrogat), das kein Kernel lesen kann; die Stelle neu eingeben.</translation>
    </message>
    <message>
        <source>The kernel gave an answer that cannot be read; restart it and try again.</source>
        <translation>Der Kernel gab eine unlesbare Antwort; ihn neu starten und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The kernel has no IPython.</source>
        <translation>Der Kernel hat kein IPython.</translation>
    </message>
    <message>
        <source>The cell asks the person for input.</source>
        <translation>Die Zelle bittet um eine Eingabe.</translation>
    </message>
    <message>
        <source>The cell asks the kernel to exit.</source>
        <translation>Die Zelle bittet den Kernel, sich zu beenden.</translation>
    </message>
    <message>
        <source>The cell wants more memory, or more threads, than a dry run may take.</source>
        <translation>Die Zelle will mehr Speicher oder mehr Threads, als ein Probelauf haben darf.</translation>
    </message>
    <message>
        <source>The cell waits for what the kernel&apos;s event loop does, which no fork carries on.</source>
        <translation>Die Zelle wartet auf die Ereignisschleife des Kernels, die kein Fork weiterführt.</translation>
    </message>
    <message>
        <source>The cell uses a graphics processor that the kernel has started, which no fork can.</source>
        <translation>Die Zelle benutzt einen Grafikprozessor, den der Kernel gestartet hat; das kann kein Fork.</translation>
    </message>
    <message>
        <source>The cell asks for the network, which a dry run does not have.</source>
        <translation>Die Zelle will ins Netz, das ein Probelauf nicht hat.</translation>
    </message>
    <message>
        <source>A command of the cell was refused what a dry run does not have.</source>
        <translation>Einem Befehl der Zelle wurde verwehrt, was ein Probelauf nicht hat.</translation>
    </message>
    <message>
        <source>The kernel shares memory with others that cannot be made private to a fork.</source>
        <translation>Der Kernel teilt Speicher mit anderen, der sich für einen Fork nicht abtrennen lässt.</translation>
    </message>
    <message>
        <source>The kernel has started a graphics processor ({name}), which no fork can use.</source>
        <translation>Der Kernel hat einen Grafikprozessor gestartet ({name}), den kein Fork benutzen kann.</translation>
    </message>
    <message>
        <source>`{name}` holds {held}, which no fork can use.</source>
        <translation>`{name}` enthält {held}; kein Fork kann das benutzen.</translation>
    </message>
    <message>
        <source>The cell may use a connection that no fork carries ({reason}).</source>
        <translation>Die Zelle benutzt vielleicht eine Verbindung, die kein Fork mitnimmt ({reason}).</translation>
    </message>
    <message>
        <source>The dry run refuses {what} ({reason}).</source>
        <translation>Der Probelauf verwehrt {what} ({reason}).</translation>
    </message>
    <message>
        <source>writing there</source>
        <translation>das Schreiben dort</translation>
    </message>
    <message>
        <source>more space</source>
        <translation>mehr Platz</translation>
    </message>
    <message>
        <source>larger files</source>
        <translation>größere Dateien</translation>
    </message>
    <message>
        <source>a file of another user</source>
        <translation>eine Datei eines anderen Benutzers</translation>
    </message>
    <message>
        <source>moving between folders</source>
        <translation>das Verschieben zwischen Ordnern</translation>
    </message>
    <message>
        <source>more processes</source>
        <translation>mehr Prozesse</translation>
    </message>
    <message>
        <source>more files</source>
        <translation>mehr Dateien</translation>
    </message>
    <message>
        <source>a database connection</source>
        <translation>eine Datenbankverbindung</translation>
    </message>
    <message>
        <source>a network connection</source>
        <translation>eine Netzwerkverbindung</translation>
    </message>
    <message>
        <source>another process</source>
        <translation>einen anderen Prozess</translation>
    </message>
    <message>
        <source>a pool of threads or processes</source>
        <translation>einen Pool von Threads oder Prozessen</translation>
    </message>
    <message>
        <source>a cluster</source>
        <translation>einen Cluster</translation>
    </message>
    <message>
        <source>a thread</source>
        <translation>einen Thread</translation>
    </message>
    <message>
        <source>a lock that another thread holds</source>
        <translation>eine Sperre, die ein anderer Thread hält</translation>
    </message>
    <message>
        <source>No {level}: {reason}.</source>
        <translation>Nicht verfügbar: {level} ({reason}).</translation>
    </message>
    <message>
        <source>{place} can only be read ({reason}).</source>
        <translation>{place} ist nur lesbar ({reason}).</translation>
    </message>
    <message>
        <source>this system has no namespaces</source>
        <translation>dieses System hat keine Namespaces</translation>
    </message>
    <message>
        <source>this system has no Landlock</source>
        <translation>dieses System hat kein Landlock</translation>
    </message>
    <message>
        <source>UDP and UNIX sockets</source>
        <translation>UDP- und UNIX-Sockets</translation>
    </message>
    <message>
        <source>rights, owner and times of files</source>
        <translation>Rechte, Eigentümer und Zeiten von Dateien</translation>
    </message>
    <message>
        <source>signals to other programs</source>
        <translation>Signale an andere Programme</translation>
    </message>
    <message>
        <source>truncating files</source>
        <translation>Abschneiden von Dateien</translation>
    </message>
    <message>
        <source>its system cannot fork</source>
        <translation>sein System kann keinen Fork erzeugen</translation>
    </message>
    <message>
        <source>it ended without a report</source>
        <translation>er endete ohne Bericht</translation>
    </message>
    <message>
        <source>{file}: its kernel does not answer; it has ended.</source>
        <translation>{file}: Der Kernel dazu antwortet nicht; er ist beendet.</translation>
    </message>
    <message>
        <source>it holds no JSON object</source>
        <translation>sie enthält kein JSON-Objekt</translation>
    </message>
    <message>
        <source>it names no ports</source>
        <translation>sie nennt keine Ports</translation>
    </message>
    <message>
        <source>its address is not text</source>
        <translation>ihre Adresse ist kein Text</translation>
    </message>
    <message>
        <source>its transport is {transport}</source>
        <translation>ihr Transport ist {transport}</translation>
    </message>
    <message>
        <source>its signature scheme is {scheme}</source>
        <translation>ihr Signaturverfahren ist {scheme}</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>sie ist zu groß</translation>
    </message>
    <message>
        <source>{file}: there is no such connection file; the kernel has ended, or was restarted under another name: list the running kernels again.</source>
        <translation>{file}: Diese Verbindungsdatei gibt es nicht; der Kernel ist beendet oder wurde unter anderem Namen neu gestartet: die laufenden Kernel neu auflisten.</translation>
    </message>
    <message>
        <source>{file}: this is no connection file of a kernel ({reason}); choose a kernel-….json from the folder that `jupyter --runtime-dir` names.</source>
        <translation>{file}: Das ist keine Verbindungsdatei eines Kernels ({reason}); eine kernel-….json aus dem Ordner wählen, den `jupyter --runtime-dir` nennt.</translation>
    </message>
    <message>
        <source>{folder}: a kernel&apos;s connection file cannot be written there ({reason}); make the folder writable, or set JUPYTER_RUNTIME_DIR.</source>
        <translation>{folder}: Dort lässt sich keine Verbindungsdatei eines Kernels schreiben ({reason}); den Ordner beschreibbar machen oder JUPYTER_RUNTIME_DIR setzen.</translation>
    </message>
    <message>
        <source>the case</source>
        <translation>der Fall</translation>
    </message>
    <message>
        <source>{name} has no line &quot;{line}&quot;; give a case in the layout that CRANE-LLM publishes.</source>
        <translation>{name} hat keine Zeile &quot;{line}&quot;; einen Fall im Aufbau angeben, den CRANE-LLM veröffentlicht.</translation>
    </message>
    <message>
        <source>{name} has no line &quot;{line}&quot; after its cells; add it before the cell to judge.</source>
        <translation>{name} hat nach den Zellen keine Zeile &quot;{line}&quot;; sie vor der zu beurteilenden Zelle einfügen.</translation>
    </message>
    <message>
        <source>In {name}, the runtime information is no dictionary; give one as it was published.</source>
        <translation>{name}: Die Laufzeitinformation ist kein Dictionary; eines angeben, wie es veröffentlicht wurde.</translation>
    </message>
    <message>
        <source>In {name}, {key} has no dictionary; give the information as it was published.</source>
        <translation>{name}: {key} hat kein Dictionary; die Information angeben, wie sie veröffentlicht wurde.</translation>
    </message>
    <message>
        <source>abort</source>
        <translation>Abbruch</translation>
    </message>
    <message>
        <source>bus error</source>
        <translation>Busfehler</translation>
    </message>
    <message>
        <source>arithmetic error</source>
        <translation>Rechenfehler</translation>
    </message>
    <message>
        <source>kill</source>
        <translation>SIGKILL</translation>
    </message>
    <message>
        <source>segmentation fault</source>
        <translation>Speicherzugriffsfehler</translation>
    </message>
    <message>
        <source>terminate</source>
        <translation>SIGTERM</translation>
    </message>
    <message>
        <source>The dry run itself failed ({why}); the cell may be fine or not.</source>
        <translation>Der Probelauf selbst ist gescheitert ({why}); die Zelle kann in Ordnung sein oder nicht.</translation>
    </message>
    <message>
        <source>The cell tried the network, which a dry run does not have, and went on without it.</source>
        <translation>Die Zelle versuchte es mit dem Netz, das ein Probelauf nicht hat, und lief ohne es weiter.</translation>
    </message>
    <message>
        <source>The cell was still running after {seconds} s.</source>
        <translation>Die Zelle lief nach {seconds} s noch.</translation>
    </message>
    <message>
        <source>The cell took more memory than a dry run may ({size} GiB).</source>
        <translation>Die Zelle brauchte mehr Speicher, als ein Probelauf haben darf ({size} GiB).</translation>
    </message>
    <message>
        <source>The cell started more processes than a dry run may.</source>
        <translation>Die Zelle startete mehr Prozesse, als ein Probelauf darf.</translation>
    </message>
    <message>
        <source>Nothing can hold a dry run on this system, so none was made.</source>
        <translation>Auf diesem System lässt sich ein Probelauf nicht einschränken, daher fand keiner statt.</translation>
    </message>
    <message>
        <source>The cell&apos;s process was ended by a signal ({name}).</source>
        <translation>Der Prozess der Zelle wurde durch ein Signal beendet ({name}).</translation>
    </message>
    <message>
        <source>The cell ended its process (exit status {code}).</source>
        <translation>Die Zelle beendete ihren Prozess (Exit-Status {code}).</translation>
    </message>
    <message>
        <source>The cell is too long for a dry run.</source>
        <translation>Die Zelle ist zu lang für einen Probelauf.</translation>
    </message>
    <message>
        <source>it gave no answer</source>
        <translation>er gab keine Antwort</translation>
    </message>
    <message>
        <source>the kernel cannot be copied ({why}); try a stand-in run.</source>
        <translation>der Kernel lässt sich nicht kopieren ({why}); es mit Platzhaltern probieren.</translation>
    </message>
    <message>
        <source>No dry run: {reason}</source>
        <translation>Kein Probelauf: {reason}</translation>
    </message>
    <message>
        <source>the child did not report in time; restart the kernel if it is slow now.</source>
        <translation>die Kopie meldete sich nicht rechtzeitig; den Kernel neu starten, falls er jetzt langsam ist.</translation>
    </message>
    <message>
        <source>The cell&apos;s end cannot be read.</source>
        <translation>Das Ende der Zelle ist nicht lesbar.</translation>
    </message>
    <message>
        <source>{python}: this environment has no ipykernel; install it ({python} -m pip install ipykernel).</source>
        <translation>{python}: Diese Umgebung hat kein ipykernel; es installieren ({python} -m pip install ipykernel).</translation>
    </message>
    <message>
        <source>{python}: this interpreter does not start ({reason}); make the environment again, or choose another kernel.</source>
        <translation>{python}: Dieser Interpreter startet nicht ({reason}); die Umgebung neu anlegen oder einen anderen Kernel wählen.</translation>
    </message>
    <message>
        <source>{python}: this interpreter did not say which version it is; make the environment again, or choose another kernel.</source>
        <translation>{python}: Dieser Interpreter nannte seine Version nicht; die Umgebung neu anlegen oder einen anderen Kernel wählen.</translation>
    </message>
    <message>
        <source>{title}, which nbreview runs in</source>
        <translation>{title}, in dem nbreview läuft</translation>
    </message>
    <message>
        <source>did not answer within {seconds} s</source>
        <translation>antwortete nicht innerhalb von {seconds} s</translation>
    </message>
    <message>
        <source>The kernel {title} {how} before it was ready{last_words}; choose another kernel, and start it again.</source>
        <translation>Der Kernel {title} {how}, bevor er bereit war{last_words}; einen anderen Kernel wählen und noch einmal starten.</translation>
    </message>
    <message>
        <source>{file}: the kernel beats but does not answer; interrupt or restart it where it was started.</source>
        <translation>{file}: Der Kernel gibt Lebenszeichen, antwortet aber nicht; dort unterbrechen oder neu starten, wo er gestartet wurde.</translation>
    </message>
    <message>
        <source>The kernel {title} {how} before it was ready{last_words}; install ipykernel in its environment, and start it again.</source>
        <translation>Der Kernel {title} {how}, bevor er bereit war{last_words}; ipykernel in seiner Umgebung installieren und noch einmal starten.</translation>
    </message>
    <message>
        <source> (its last words: {line})</source>
        <translation> (seine letzten Worte: {line})</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>wird angehalten</translation>
    </message>
    <message>
        <source>has not answered for {seconds} s; Stop or restart it</source>
        <translation>antwortet seit {seconds} s nicht; „Anhalten“ drücken oder neu starten</translation>
    </message>
    <message>
        <source>has ended</source>
        <translation>ist beendet</translation>
    </message>
    <message>
        <source>has not answered for {seconds} s</source>
        <translation>antwortete {seconds} s lang nicht</translation>
    </message>
    <message>
        <source>can no longer be reached</source>
        <translation>ist nicht mehr erreichbar</translation>
    </message>
    <message>
        <source>does not stop; interrupt or restart it where it was started</source>
        <translation>hält nicht an; dort unterbrechen oder neu starten, wo er gestartet wurde</translation>
    </message>
    <message>
        <source>did not stop within {seconds} s and was ended</source>
        <translation>hielt nicht innerhalb von {seconds} s an und wurde beendet</translation>
    </message>
    <message>
        <source>the runtime information</source>
        <translation>die Laufzeitinformation</translation>
    </message>
    <message>
        <source>there is more after its end</source>
        <translation>nach dem Ende folgt noch etwas</translation>
    </message>
    <message>
        <source>In {name}, line {line}, {what}; use text as it was published, unshortened.</source>
        <translation>{name}, Zeile {line}: {what}; den Text wie veröffentlicht verwenden, ungekürzt.</translation>
    </message>
    <message>
        <source>values are nested too deep</source>
        <translation>Werte sind zu tief verschachtelt</translation>
    </message>
    <message>
        <source>a value is missing</source>
        <translation>ein Wert fehlt</translation>
    </message>
    <message>
        <source>a string does not end</source>
        <translation>eine Zeichenkette endet nicht</translation>
    </message>
    <message>
        <source>a set and a dictionary are mixed</source>
        <translation>eine Menge und ein Dictionary sind vermischt</translation>
    </message>
    <message>
        <source>&quot;{closing}&quot; is missing</source>
        <translation>&quot;{closing}&quot; fehlt</translation>
    </message>
    <message>
        <source>a value cannot be read</source>
        <translation>ein Wert ist nicht lesbar</translation>
    </message>
    <message>
        <source>a string cannot be read</source>
        <translation>eine Zeichenkette ist nicht lesbar</translation>
    </message>
    <message>
        <source>a key cannot be one</source>
        <translation>ein Schlüssel kann keiner sein</translation>
    </message>
    <message>
        <source>No crash found: {detail}</source>
        <translation>Kein Absturz gefunden: {detail}</translation>
    </message>
    <message>
        <source>nbreview&apos;s own file kernel/{name}.py is missing; install nbreview again.</source>
        <translation>Die eigene Datei kernel/{name}.py von nbreview fehlt; nbreview neu installieren.</translation>
    </message>
    <message>
        <source>The kernel did not say which Python it runs; restart it and try again.</source>
        <translation>Der Kernel nannte sein Python nicht; ihn neu starten und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>ended with code {code}</source>
        <translation>endete mit Code {code}</translation>
    </message>
    <message>
        <source>was ended by signal {signal}</source>
        <translation>wurde durch Signal {signal} beendet</translation>
    </message>
    <message>
        <source>{folder}: a kernel needs this folder to work in and it is not there; create it.</source>
        <translation>{folder}: Ein Kernel braucht diesen Arbeitsordner, und es gibt ihn nicht; ihn anlegen.</translation>
    </message>
    <message>
        <source>was ended by {signal}</source>
        <translation>wurde durch {signal} beendet</translation>
    </message>
    <message>
        <source>{program}: the kernel&apos;s program could not be started ({reason}); choose another kernel, or install this one again.</source>
        <translation>{program}: Das Programm des Kernels ließ sich nicht starten ({reason}); einen anderen Kernel wählen oder diesen neu installieren.</translation>
    </message>
    <message>
        <source>was ended by SIGKILL (the system does that when memory runs out)</source>
        <translation>wurde durch SIGKILL beendet (das tut das System, wenn der Speicher ausgeht)</translation>
    </message>
    <message>
        <source>The kernel {how}{last_words}; what it held is lost: list the running kernels again, or start one here.</source>
        <translation>Der Kernel {how}{last_words}; was er enthielt, ist verloren: die laufenden Kernel neu auflisten oder hier einen starten.</translation>
    </message>
    <message>
        <source>The kernel {how}{last_words}; what it held is lost: start it again.</source>
        <translation>Der Kernel {how}{last_words}; was er enthielt, ist verloren: ihn neu starten.</translation>
    </message>
    <message>
        <source>The cell asks for input and nobody can type here; put the value into the source, or run the cell in Jupyter.</source>
        <translation>Die Zelle bittet um eine Eingabe, und hier kann niemand tippen; den Wert in den Quelltext setzen oder die Zelle in Jupyter ausführen.</translation>
    </message>
    <message>
        <source>The kernel&apos;s answer was too large to be taken; print or raise less, and run it again.</source>
        <translation>Die Antwort des Kernels war zu groß; weniger ausgeben oder auslösen und noch einmal ausführen.</translation>
    </message>
    <message>
        <source>It was interrupted.</source>
        <translation>Sie wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The kernel did not run it, because something before it failed; run it again.</source>
        <translation>Der Kernel hat sie nicht ausgeführt, weil vorher etwas gescheitert ist; noch einmal ausführen.</translation>
    </message>
    <message>
        <source>The cell asks for input ({prompt}) and nobody can type here; put the value into the source, or run the cell in Jupyter.</source>
        <translation>Die Zelle bittet um eine Eingabe ({prompt}), und hier kann niemand tippen; den Wert in den Quelltext setzen oder die Zelle in Jupyter ausführen.</translation>
    </message>
    <message>
        <source>It did not end within {seconds} s and is interrupted; run it again with more time.</source>
        <translation>Sie endete nicht innerhalb von {seconds} s und wird unterbrochen; mit mehr Zeit noch einmal ausführen.</translation>
    </message>
    <message>
        <source>Stopped; what it had done so far stays done.</source>
        <translation>Angehalten; was sie bis dahin getan hat, bleibt.</translation>
    </message>
    <message>
        <source>was restarted</source>
        <translation>wurde neu gestartet</translation>
    </message>
    <message>
        <source>The kernel {title} is busy with something that was started elsewhere; wait for it, or interrupt it there.</source>
        <translation>Der Kernel {title} ist mit etwas beschäftigt, das anderswo gestartet wurde; abwarten oder es dort unterbrechen.</translation>
    </message>
    <message>
        <source>{file}: the kernel of this connection file does not answer; it has ended or hangs: list the running kernels again, or restart it where it was started.</source>
        <translation>{file}: Der Kernel dieser Verbindungsdatei antwortet nicht; er ist beendet oder hängt: die laufenden Kernel neu auflisten oder ihn dort neu starten, wo er gestartet wurde.</translation>
    </message>
    <message>
        <source>The kernel {title} is running a cell already; wait for it, or press Stop.</source>
        <translation>Der Kernel {title} führt schon eine Zelle aus; abwarten oder „Anhalten“ drücken.</translation>
    </message>
    <message>
        <source>The kernel {title} speaks {language}: nbreview looks into Python kernels only; the other checks go on without it.</source>
        <translation>Der Kernel {title} spricht {language}: nbreview sieht nur in Python-Kernel hinein; die anderen Prüfungen laufen ohne ihn weiter.</translation>
    </message>
    <message>
        <source>The kernel {title} is still answering another question; try again.</source>
        <translation>Der Kernel {title} beantwortet noch eine andere Frage; noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The kernel {title} was started elsewhere: restart it there (in Jupyter: Kernel, Restart), then attach again.</source>
        <translation>Der Kernel {title} wurde anderswo gestartet: ihn dort neu starten (in Jupyter: Kernel, Restart), dann neu verbinden.</translation>
    </message>
    <message>
        <source>was shut down</source>
        <translation>wurde heruntergefahren</translation>
    </message>
    <message>
        <source>was left</source>
        <translation>wurde verlassen</translation>
    </message>
    <message>
        <source>This kernel was started elsewhere; start it there.</source>
        <translation>Dieser Kernel wurde anderswo gestartet; ihn dort starten.</translation>
    </message>
    <message>
        <source>The kernel {title} is busy and {detail}; wait, or press Stop.</source>
        <translation>Der Kernel {title} ist beschäftigt und {detail}; abwarten oder „Anhalten“ drücken.</translation>
    </message>
    <message>
        <source>The kernel {title} is busy; wait for the cell that runs, or press Stop.</source>
        <translation>Der Kernel {title} ist beschäftigt; die laufende Zelle abwarten oder „Anhalten“ drücken.</translation>
    </message>
    <message>
        <source>The kernel {title} did not answer within {seconds} s; wait until it is idle and try again, or restart it.</source>
        <translation>Der Kernel {title} antwortete nicht innerhalb von {seconds} s; warten, bis er frei ist, und noch einmal versuchen, oder ihn neu starten.</translation>
    </message>
    <message>
        <source>did not start</source>
        <translation>startete nicht</translation>
    </message>
    <message>
        <source>Stopped before it began.</source>
        <translation>Vor dem Beginn angehalten.</translation>
    </message>
    <message>
        <source>the answer</source>
        <translation>die Antwort</translation>
    </message>
    <message>
        <source>The kernel&apos;s answer about its names cannot be read ({what}); restart the kernel and try again.</source>
        <translation>Die Antwort des Kernels über seine Namen ist nicht lesbar ({what}); den Kernel neu starten und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>a count</source>
        <translation>eine Anzahl</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>eine Zeichenkette</translation>
    </message>
    <message>
        <source>the description of {name}</source>
        <translation>die Beschreibung von {name}</translation>
    </message>
    <message>
        <source>a cell</source>
        <translation>eine Zelle</translation>
    </message>
    <message>
        <source>Running notebooks needs the kernel extra, which is not installed; pip install &apos;nbreview[kernel]&apos;.</source>
        <translation>Zum Ausführen von Notebooks fehlt das Extra kernel; installieren: pip install &apos;nbreview[kernel]&apos;.</translation>
    </message>
    <message>
        <source>kernel: {wanted} (not started)</source>
        <translation>Kernel: {wanted} (nicht gestartet)</translation>
    </message>
    <message>
        <source>the notebook asks for {wanted}, which is not installed here</source>
        <translation>das Notebook verlangt {wanted}, hier nicht installiert</translation>
    </message>
    <message>
        <source>the notebook asks for {wanted}, whose program is missing</source>
        <translation>das Notebook verlangt {wanted}, dessen Programm fehlt</translation>
    </message>
    <message>
        <source>No kernel for {language} is installed here; install one for Jupyter, or go on without it.</source>
        <translation>Hier ist kein Kernel für {language} installiert; einen für Jupyter installieren oder ohne ihn weitermachen.</translation>
    </message>
    <message>
        <source>kernel: none (pip install &apos;nbreview[kernel]&apos;)</source>
        <translation>Kernel: keiner (pip install &apos;nbreview[kernel]&apos;)</translation>
    </message>
    <message>
        <source>kernel: none found (python -m ipykernel install --user)</source>
        <translation>Kernel: keiner gefunden (python -m ipykernel install --user)</translation>
    </message>
    <message>
        <source>kernel: none named by the notebook</source>
        <translation>Kernel: vom Notebook keiner genannt</translation>
    </message>
    <message>
        <source>kernel: {wanted} is not installed here (there is {installed})</source>
        <translation>Kernel: {wanted} ist hier nicht installiert (vorhanden: {installed})</translation>
    </message>
    <message>
        <source>{name}: no kernel of this name is installed here (there is {installed}); choose another one.</source>
        <translation>{name}: Kein Kernel dieses Namens ist hier installiert (vorhanden: {installed}); einen anderen wählen.</translation>
    </message>
    <message>
        <source>{file}: this description of the kernel {name} names no program; install the kernel again.</source>
        <translation>{file}: Diese Beschreibung des Kernels {name} nennt kein Programm; den Kernel neu installieren.</translation>
    </message>
    <message>
        <source>No Python kernel was found for this notebook; install ipykernel in its environment (python -m pip install ipykernel) and choose that environment.</source>
        <translation>Für dieses Notebook wurde kein Python-Kernel gefunden; ipykernel in seiner Umgebung installieren (python -m pip install ipykernel) und diese Umgebung wählen.</translation>
    </message>
    <message>
        <source>{name}: no kernel of this name is installed here (python -m ipykernel install --user); choose another one.</source>
        <translation>{name}: Kein Kernel dieses Namens ist hier installiert (python -m ipykernel install --user); einen anderen wählen.</translation>
    </message>
    <message>
        <source>{program}: the program of this kernel is missing; install it again.</source>
        <translation>{program}: Das Programm dieses Kernels fehlt; es neu installieren.</translation>
    </message>
    <message>
        <source>the notebook names it</source>
        <translation>das Notebook nennt ihn</translation>
    </message>
    <message>
        <source>it runs {language}</source>
        <translation>er führt {language} aus</translation>
    </message>
    <message>
        <source>it is the environment beside the notebook ({folder})</source>
        <translation>es ist die Umgebung neben dem Notebook ({folder})</translation>
    </message>
    <message>
        <source>{missing}; this one runs {language} too</source>
        <translation>{missing}; dieser führt auch {language} aus</translation>
    </message>
    <message>
        <source>This system cannot fork a process, so no stand-in run was made.</source>
        <translation>Dieses System kann keinen Prozess abspalten, daher fand kein Lauf mit Platzhaltern statt.</translation>
    </message>
    <message>
        <source>{python} is no Python interpreter; choose this notebook&apos;s environment.</source>
        <translation>{python} ist kein Python-Interpreter; die Umgebung dieses Notebooks wählen.</translation>
    </message>
    <message>
        <source>{python} did not get ready for a stand-in run; check that it is Python 3.8 or later.</source>
        <translation>{python} wurde für einen Lauf mit Platzhaltern nicht bereit; prüfen, ob es Python 3.8 oder neuer ist.</translation>
    </message>
    <message>
        <source>{python} does not start ({reason}); choose this notebook&apos;s environment again.</source>
        <translation>{python} startet nicht ({reason}); die Umgebung dieses Notebooks neu wählen.</translation>
    </message>
    <message>
        <source>{ran} statements ran.</source>
        <translation>{ran} Anweisungen liefen.</translation>
    </message>
    <message>
        <source>Rebuilt from saved outputs: {names}.</source>
        <translation>Aus gespeicherten Ausgaben nachgebildet: {names}.</translation>
    </message>
    <message>
        <source>{ran} statements ran, {passed} inside them were passed over for want of known values, loops were cut short.</source>
        <translation>{ran} Anweisungen liefen, {passed} darin wurden mangels bekannter Werte übergangen, Schleifen wurden abgekürzt.</translation>
    </message>
    <message>
        <source>{ran} statements ran, {passed} inside them were passed over for want of known values.</source>
        <translation>{ran} Anweisungen liefen, {passed} darin wurden mangels bekannter Werte übergangen.</translation>
    </message>
    <message>
        <source>{ran} statements ran, loops were cut short.</source>
        <translation>{ran} Anweisungen liefen, Schleifen wurden abgekürzt.</translation>
    </message>
    <message>
        <source>The target did not end in the time that it was given; no crash was found in the first turns of its loops.</source>
        <translation>Die Zelle endete nicht in der gegebenen Zeit; in den ersten Durchläufen ihrer Schleifen wurde kein Absturz gefunden.</translation>
    </message>
    <message>
        <source>The target was refused what a stand-in run does not have ({reason}).</source>
        <translation>Der Zelle wurde verwehrt, was ein Lauf mit Platzhaltern nicht hat ({reason}).</translation>
    </message>
    <message>
        <source>Nothing can hold a stand-in run on this system, so none was made.</source>
        <translation>Auf diesem System lässt sich ein Lauf mit Platzhaltern nicht einschränken, daher fand keiner statt.</translation>
    </message>
    <message>
        <source>{exception} was raised on one set of invented values only.</source>
        <translation>{exception} trat nur bei einem Satz erfundener Werte auf.</translation>
    </message>
    <message>
        <source>The target wants more memory than a stand-in run may take.</source>
        <translation>Die Zelle will mehr Speicher, als ein Lauf mit Platzhaltern haben darf.</translation>
    </message>
    <message>
        <source>The target did not end in the time that it was given.</source>
        <translation>Die Zelle endete nicht in der gegebenen Zeit.</translation>
    </message>
    <message>
        <source>The process of the stand-in run ended before the target did{reason}.</source>
        <translation>Der Prozess des Laufs mit Platzhaltern endete vor der Zelle{reason}.</translation>
    </message>
    <message>
        <source>The stand-in run failed: {reason}</source>
        <translation>Der Lauf mit Platzhaltern ist gescheitert: {reason}</translation>
    </message>
    <message>
        <source>{name} (cells {numbers})</source>
        <translation>{name} (Zellen {numbers})</translation>
    </message>
    <message>
        <source>Loops were cut short.</source>
        <translation>Schleifen wurden abgekürzt.</translation>
    </message>
    <message>
        <source>{name} (cell {numbers})</source>
        <translation>{name} (Zelle {numbers})</translation>
    </message>
    <message>
        <source>{name} takes {lack}. Loading it would take memory from other programs, or read the file from the disk again and again. What fits: {plan}. Load it all the same?</source>
        <translation>{name} braucht {lack}. Das Laden nähme anderen Programmen Speicher weg oder läse die Datei immer wieder von der Platte. Was passt: {plan}. Trotzdem laden?</translation>
    </message>
    <message>
        <source>{size} GiB on {backend}, where {free} GiB are free</source>
        <translation>{size} GiB auf {backend}, wo {free} GiB frei sind</translation>
    </message>
    <message>
        <source>{name} takes {lack}. Loading it would take memory from other programs, or read the file from the disk again and again. Load it all the same?</source>
        <translation>{name} braucht {lack}. Das Laden nähme anderen Programmen Speicher weg oder läse die Datei immer wieder von der Platte. Trotzdem laden?</translation>
    </message>
    <message>
        <source>choose a smaller context or model, or close other programs</source>
        <translation>einen kleineren Kontext oder ein kleineres Modell wählen oder andere Programme schließen</translation>
    </message>
    <message>
        <source>{path} needs {needed} GiB for a context of {tokens} tokens and {free} GiB are free; {remedy}.</source>
        <translation>{path} braucht {needed} GiB für einen Kontext von {tokens} Token, und {free} GiB sind frei; {remedy}.</translation>
    </message>
    <message>
        <source>The KV cache cannot be in “{kind}”; set one of {kinds}.</source>
        <translation>Der KV-Cache kann nicht in „{kind}“ sein; eines davon einstellen: {kinds}.</translation>
    </message>
    <message>
        <source>Flash attention cannot be “{given}”; set auto, on or off.</source>
        <translation>Flash Attention kann nicht „{given}“ sein; auto, on oder off einstellen.</translation>
    </message>
    <message>
        <source>A batch cannot be of {count} tokens; set 1 to {most}, or 0 for what suits the model.</source>
        <translation>Ein Batch kann nicht {count} Token haben; 1 bis {most} einstellen, oder 0 für das, was zum Modell passt.</translation>
    </message>
    <message>
        <source>A model cannot run on {count} threads; set 1 to {most}, or 0 for the processor&apos;s cores.</source>
        <translation>Ein Modell kann nicht auf {count} Threads laufen; 1 bis {most} einstellen, oder 0 für die Kerne des Prozessors.</translation>
    </message>
    <message>
        <source>GPU layers cannot be “{given}”; set auto, none or a number.</source>
        <translation>Schichten auf der GPU können nicht „{given}“ sein; auto, none oder eine Zahl einstellen.</translation>
    </message>
    <message>
        <source>{one} and {other}</source>
        <translation>{one} und {other}</translation>
    </message>
    <message>
        <source>choose a smaller context or model, or close other programs, or agree to load it all the same (--beyond-memory)</source>
        <translation>einen kleineren Kontext oder ein kleineres Modell wählen, andere Programme schließen oder zustimmen, es trotzdem zu laden (--beyond-memory)</translation>
    </message>
    <message>
        <source>choose what fits ({plan}), or close other programs</source>
        <translation>wählen, was passt ({plan}), oder andere Programme schließen</translation>
    </message>
    <message>
        <source>choose what fits ({plan}), or close other programs, or agree to load it all the same (--beyond-memory)</source>
        <translation>wählen, was passt ({plan}), andere Programme schließen oder zustimmen, es trotzdem zu laden (--beyond-memory)</translation>
    </message>
    <message>
        <source>llama.cpp was built without Metal, and a Mac of this kind has a GPU</source>
        <translation>llama.cpp wurde ohne Metal gebaut, und ein Mac dieser Art hat eine GPU</translation>
    </message>
    <message>
        <source>llama.cpp was built without CUDA, and there is an NVIDIA GPU and no CUDA compiler (nvcc), so take a wheel that is ready</source>
        <translation>llama.cpp wurde ohne CUDA gebaut; es gibt eine NVIDIA-GPU, aber keinen CUDA-Compiler (nvcc), daher ein fertiges Wheel nehmen</translation>
    </message>
    <message>
        <source>llama.cpp was built without ROCm, and there is an AMD GPU</source>
        <translation>llama.cpp wurde ohne ROCm gebaut, und es gibt eine AMD-GPU</translation>
    </message>
    <message>
        <source>llama.cpp was built without CUDA, and there is an NVIDIA GPU</source>
        <translation>llama.cpp wurde ohne CUDA gebaut, und es gibt eine NVIDIA-GPU</translation>
    </message>
    <message>
        <source>llama.cpp was built without Vulkan, and there is a GPU</source>
        <translation>llama.cpp wurde ohne Vulkan gebaut, und es gibt eine GPU</translation>
    </message>
    <message>
        <source>llama.cpp was built without Vulkan, and there is a GPU; install the Vulkan SDK first, then</source>
        <translation>llama.cpp wurde ohne Vulkan gebaut, und es gibt eine GPU; zuerst das Vulkan SDK installieren, dann weiter</translation>
    </message>
    <message>
        <source>llama.cpp was built without Vulkan, and there is a GPU; install libvulkan-dev and glslc first, then</source>
        <translation>llama.cpp wurde ohne Vulkan gebaut, und es gibt eine GPU; zuerst libvulkan-dev und glslc installieren, dann weiter</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>flash attention</source>
        <translation>Flash Attention</translation>
    </message>
    <message>
        <source>{count} threads, batch {batch}, KV cache {kind}, flash attention {flash_attention}</source>
        <translation>{count} Threads, Batch {batch}, KV-Cache {kind}, Flash Attention {flash_attention}</translation>
    </message>
    <message>
        <source>1 thread, batch {batch}, KV cache {kind}, flash attention {flash_attention}</source>
        <translation>1 Thread, Batch {batch}, KV-Cache {kind}, Flash Attention {flash_attention}</translation>
    </message>
    <message>
        <source>KV cache {kind}: f16 does not fit into free memory</source>
        <translation>KV-Cache {kind}: f16 passt nicht in den freien Speicher</translation>
    </message>
    <message>
        <source>not tried for want of time: {names}</source>
        <translation>aus Zeitmangel nicht probiert: {names}</translation>
    </message>
    <message>
        <source>guessing ahead on: {repeated} tokens a second where a reply repeats its prompt, {plain} without</source>
        <translation>Vorausraten an: {repeated} Token je Sekunde, wo eine Antwort ihren Prompt wiederholt, {plain} ohne</translation>
    </message>
    <message>
        <source>guessing ahead off: {repeated} tokens a second where a reply repeats its prompt, {plain} without</source>
        <translation>Vorausraten aus: {repeated} Token je Sekunde, wo eine Antwort ihren Prompt wiederholt, {plain} ohne</translation>
    </message>
    <message>
        <source>{name} {value}: {share} faster than {name} {before}</source>
        <translation>{name} {value}: {share} schneller als {name} {before}</translation>
    </message>
    <message>
        <source>{path} holds no language model; choose another GGUF file.</source>
        <translation>{path} enthält kein Sprachmodell; eine andere GGUF-Datei wählen.</translation>
    </message>
    <message>
        <source>{path} makes embeddings and writes no text; choose a model that chats.</source>
        <translation>{path} erzeugt Embeddings und schreibt keinen Text; ein Modell wählen, das chattet.</translation>
    </message>
    <message>
        <source>gave no sign of life for {seconds} s</source>
        <translation>gab {seconds} s lang kein Lebenszeichen</translation>
    </message>
    <message>
        <source>asking {host}</source>
        <translation>{host} wird gefragt</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>checking what is there of {name}</source>
        <translation>schon Vorhandenes von {name} wird geprüft</translation>
    </message>
    <message>
        <source>{folder} has {free} GB free and {model} needs {needed} GB; make room or choose another folder with --to.</source>
        <translation>{folder} hat {free} GB frei, und {model} braucht {needed} GB; Platz schaffen oder mit --to einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>What {host} sent for {model} is not what it announced (its SHA-256 is {found}… and not {announced}…) and was removed; download it again.</source>
        <translation>Was {host} für {model} gesendet hat, ist nicht das Angekündigte (SHA-256 {found}… statt {announced}…) und wurde entfernt; noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>{model} is being downloaded by another program; wait for it, or stop it and try again.</source>
        <translation>{model} wird gerade von einem anderen Programm heruntergeladen; abwarten oder es anhalten und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); choose another folder with --to.</source>
        <translation>{path} ist nicht beschreibbar ({reason}); mit --to einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>checking {name}</source>
        <translation>{name} wird geprüft</translation>
    </message>
    <message>
        <source>{path} exists and is not the file of {model}; remove it, or choose another folder.</source>
        <translation>{path} gibt es schon und ist nicht die Datei von {model}; sie entfernen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>trying again: {problem}</source>
        <translation>neuer Versuch: {problem}</translation>
    </message>
    <message>
        <source>The disk of {folder} is full ({reason}); make room and try again: what was fetched is kept.</source>
        <translation>Der Datenträger von {folder} ist voll ({reason}); Platz schaffen und noch einmal versuchen: Das Geholte bleibt erhalten.</translation>
    </message>
    <message>
        <source>{folder} takes no file of this size ({reason}); choose another with --to.</source>
        <translation>{folder} nimmt keine Datei dieser Größe auf ({reason}); mit --to einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>{host} sends more of {model} than it announced; download it again.</source>
        <translation>{host} sendet mehr von {model} als angekündigt; noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>{problem} {size} MB are kept for the next attempt.</source>
        <translation>{problem} {size} MB bleiben für den nächsten Versuch erhalten.</translation>
    </message>
    <message>
        <source>{host} cannot go on where the download ended; try again.</source>
        <translation>{host} kann nicht dort fortsetzen, wo der Download endete; noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{host} ended the answer early; try again.</source>
        <translation>{host} hat die Antwort vorzeitig beendet; noch einmal versuchen.</translation>
    </message>
    <message>
        <source>fetching {name}</source>
        <translation>{name} wird geholt</translation>
    </message>
    <message>
        <source>The address of {name} must hold no user, key or query; give the plain address and put the key into {variable}.</source>
        <translation>Die Adresse von {name} darf weder Benutzer noch Schlüssel oder Abfrage enthalten; die bloße Adresse angeben und den Schlüssel in {variable} ablegen.</translation>
    </message>
    <message>
        <source>“{given}” is no address; give one such as http://127.0.0.1:8080/v1.</source>
        <translation>„{given}“ ist keine Adresse; eine wie http://127.0.0.1:8080/v1 angeben.</translation>
    </message>
    <message>
        <source>The key in {variable} holds signs that no key has; set it again.</source>
        <translation>Der Schlüssel in {variable} enthält Zeichen, die kein Schlüssel hat; ihn neu setzen.</translation>
    </message>
    <message>
        <source>The endpoint is no address; give one such as http://127.0.0.1:8080/v1.</source>
        <translation>Der Endpunkt ist keine Adresse; eine wie http://127.0.0.1:8080/v1 angeben.</translation>
    </message>
    <message>
        <source>The process of {name} {how} in the middle of an answer; it starts again with the next request.</source>
        <translation>Der Prozess für {name} {how}, mitten in einer Antwort; er startet mit der nächsten Anfrage neu.</translation>
    </message>
    <message>
        <source>The process of {name} {how} while it counted tokens; it starts again with the next request.</source>
        <translation>Der Prozess für {name} {how}, während er Token zählte; er startet mit der nächsten Anfrage neu.</translation>
    </message>
    <message>
        <source>{path} cannot be loaded: {reason}; choose another model file.</source>
        <translation>{path} lässt sich nicht laden: {reason}; eine andere Modelldatei wählen.</translation>
    </message>
    <message>
        <source>{python} cannot be started ({reason}); mend the Python that runs nbreview.</source>
        <translation>{python} lässt sich nicht starten ({reason}); das Python in Ordnung bringen, in dem nbreview läuft.</translation>
    </message>
    <message>
        <source>The request is too large for the model ({reason}); choose less context.</source>
        <translation>Die Anfrage ist zu groß für das Modell ({reason}); weniger Kontext wählen.</translation>
    </message>
    <message>
        <source>llama-cpp-python cannot be loaded ({reason}); install it again with pip install --force-reinstall &apos;nbreview[llama]&apos;.</source>
        <translation>llama-cpp-python lässt sich nicht laden ({reason}); neu installieren: pip install --force-reinstall &apos;nbreview[llama]&apos;.</translation>
    </message>
    <message>
        <source>it said nothing</source>
        <translation>er sagte nichts</translation>
    </message>
    <message>
        <source>The model&apos;s process {how} before it was ready ({words}); install llama-cpp-python again with pip install --force-reinstall &apos;nbreview[llama]&apos;.</source>
        <translation>Der Prozess des Modells {how}, bevor er bereit war ({words}); llama-cpp-python neu installieren: pip install --force-reinstall &apos;nbreview[llama]&apos;.</translation>
    </message>
    <message>
        <source>{path} ends llama.cpp {build} with every setting (it {how}); choose another model file or download it again.</source>
        <translation>{path} bringt llama.cpp {build} mit jeder Einstellung zum Absturz (der Prozess {how}); eine andere Modelldatei wählen oder sie noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>The prompt is {tokens} tokens and the context of {name} holds {limit}; load the model with a larger context or ask about less.</source>
        <translation>Der Prompt hat {tokens} Token, und {name} fasst im Kontext {limit}; das Modell mit größerem Kontext laden oder zu weniger fragen.</translation>
    </message>
    <message>
        <source>The chat template of {name} refuses the messages ({reason}); choose another model file.</source>
        <translation>Die Chatvorlage für {name} lehnt die Nachrichten ab ({reason}); eine andere Modelldatei wählen.</translation>
    </message>
    <message>
        <source>{name} could not evaluate the prompt ({reason}); ask again.</source>
        <translation>{name} konnte den Prompt nicht auswerten ({reason}); noch einmal fragen.</translation>
    </message>
    <message>
        <source>{path} needs more memory than there is at a context of {tokens} tokens ({reason}); choose a smaller context or model.</source>
        <translation>{path} braucht bei einem Kontext von {tokens} Token mehr Speicher, als da ist ({reason}); einen kleineren Kontext oder ein kleineres Modell wählen.</translation>
    </message>
    <message>
        <source>extra buffer types off</source>
        <translation>zusätzliche Puffertypen aus</translation>
    </message>
    <message>
        <source>memory mapping off</source>
        <translation>Speicherabbildung aus</translation>
    </message>
    <message>
        <source>flash attention off</source>
        <translation>Flash Attention aus</translation>
    </message>
    <message>
        <source>batches not of {count} tokens</source>
        <translation>Batches nicht mit {count} Token</translation>
    </message>
    <message>
        <source>{layers} layers on the GPU instead of {asked}</source>
        <translation>{layers} Schichten auf der GPU statt {asked}</translation>
    </message>
    <message>
        <source>GPU off</source>
        <translation>GPU aus</translation>
    </message>
    <message>
        <source>KV cache not in {kind} without flash attention</source>
        <translation>KV-Cache ohne Flash Attention nicht in {kind}</translation>
    </message>
    <message>
        <source>KV cache not in {kind}</source>
        <translation>KV-Cache nicht in {kind}</translation>
    </message>
    <message>
        <source>one thread</source>
        <translation>ein Thread</translation>
    </message>
    <message>
        <source>{count} threads</source>
        <translation>{count} Threads</translation>
    </message>
    <message>
        <source>llama-cpp-python does not start; install it again with pip install --force-reinstall &apos;nbreview[llama]&apos;.</source>
        <translation>llama-cpp-python startet nicht; neu installieren: pip install --force-reinstall &apos;nbreview[llama]&apos;.</translation>
    </message>
    <message>
        <source>{path} is one part of a model split into {parts}; choose the first part, which ends in {ending}.</source>
        <translation>{path} ist ein Teil eines Modells, das in {parts} Teile zerlegt ist; den ersten Teil wählen, der auf {ending} endet.</translation>
    </message>
    <message>
        <source>{path} lacks its other parts ({names}); put them into the same folder.</source>
        <translation>Zu {path} fehlen die anderen Teile ({names}); sie in denselben Ordner legen.</translation>
    </message>
    <message>
        <source>{path} is cut short: its table needs {needed} bytes and it has {size}; download it again.</source>
        <translation>{path} ist abgeschnitten: Die Tabelle braucht {needed} Bytes, und da sind {size}; noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>{path} is a folder; choose a GGUF file in it.</source>
        <translation>{path} ist ein Ordner; eine GGUF-Datei darin wählen.</translation>
    </message>
    <message>
        <source>{path} does not exist; choose another model file.</source>
        <translation>{path} gibt es nicht; eine andere Modelldatei wählen.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); mend that or choose another model file.</source>
        <translation>{path} ist nicht lesbar ({reason}); das beheben oder eine andere Modelldatei wählen.</translation>
    </message>
    <message>
        <source>{path} is not a GGUF file; choose a model file that ends in .gguf.</source>
        <translation>{path} ist keine GGUF-Datei; eine Modelldatei wählen, die auf .gguf endet.</translation>
    </message>
    <message>
        <source>{path} was written for big-endian machines; choose a little-endian GGUF file.</source>
        <translation>{path} wurde für Big-Endian-Rechner geschrieben; eine Little-Endian-GGUF-Datei wählen.</translation>
    </message>
    <message>
        <source>{path} is GGUF version {version} and this program reads 2 and 3; choose a newer conversion of the model.</source>
        <translation>{path} ist GGUF Version {version}, und dieses Programm liest 2 und 3; eine neuere Umwandlung des Modells wählen.</translation>
    </message>
    <message>
        <source>it announces {tensors} tensors and {entries} entries</source>
        <translation>er kündigt {tensors} Tensoren und {entries} Einträge an</translation>
    </message>
    <message>
        <source>an alignment of {alignment}</source>
        <translation>eine Ausrichtung von {alignment}</translation>
    </message>
    <message>
        <source>a tensor of {count} dimensions</source>
        <translation>ein Tensor mit {count} Dimensionen</translation>
    </message>
    <message>
        <source>a value of the unknown type {kind}</source>
        <translation>ein Wert vom unbekannten Typ {kind}</translation>
    </message>
    <message>
        <source>an array of {count} values</source>
        <translation>ein Array mit {count} Werten</translation>
    </message>
    <message>
        <source>an array of the unknown type {kind}</source>
        <translation>ein Array vom unbekannten Typ {kind}</translation>
    </message>
    <message>
        <source>a text of {count} bytes</source>
        <translation>ein Text von {count} Bytes</translation>
    </message>
    <message>
        <source>more than {count} bytes</source>
        <translation>mehr als {count} Bytes</translation>
    </message>
    <message>
        <source>{path} is cut short inside its header; download it again.</source>
        <translation>{path} ist mitten im Dateikopf abgeschnitten; noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>{path} has a damaged header ({how}); download it again.</source>
        <translation>{path} hat einen beschädigten Dateikopf ({how}); noch einmal herunterladen.</translation>
    </message>
    <message>
        <source>a text longer than a header may be</source>
        <translation>ein Text, länger als ein Dateikopf sein darf</translation>
    </message>
    <message>
        <source>{host} answers {status} for {model}; check the name and HF_ENDPOINT.</source>
        <translation>{host} antwortet für {model} mit {status}; den Namen und HF_ENDPOINT prüfen.</translation>
    </message>
    <message>
        <source>{model} means {count} files; name one of them: {names}.</source>
        <translation>{model} steht für {count} Dateien; eine davon nennen: {names}.</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message>
        <source>{repository} is no name of a repository; give OWNER/REPOSITORY/FILE.gguf.</source>
        <translation>{repository} ist kein Name eines Repositorys; OWNER/REPOSITORY/FILE.gguf angeben.</translation>
    </message>
    <message>
        <source>{repository} is given only to those who accept its conditions; do that at {hub}/{repository}, then run hf auth login or set HF_TOKEN.</source>
        <translation>{repository} gibt es nur für alle, die den Bedingungen zustimmen; das unter {hub}/{repository} tun, dann hf auth login ausführen oder HF_TOKEN setzen.</translation>
    </message>
    <message>
        <source>{repository} has no file {file}; its files are listed at {hub}/{repository}/tree/{revision}.</source>
        <translation>{repository} hat keine Datei {file}; die Dateien stehen unter {hub}/{repository}/tree/{revision}.</translation>
    </message>
    <message>
        <source>{repository} has no revision {revision}; leave it out for the newest.</source>
        <translation>{repository} hat keine Revision {revision}; sie für die neueste weglassen.</translation>
    </message>
    <message>
        <source>{host} refuses the token (401); make a new one and run hf auth login or set HF_TOKEN.</source>
        <translation>{host} weist das Token zurück (401); ein neues erstellen und hf auth login ausführen oder HF_TOKEN setzen.</translation>
    </message>
    <message>
        <source>{repository} does not exist on {host} or is private ({status}); check the name, or run hf auth login or set HF_TOKEN.</source>
        <translation>{repository} gibt es auf {host} nicht, oder es ist privat ({status}); den Namen prüfen oder hf auth login ausführen oder HF_TOKEN setzen.</translation>
    </message>
    <message>
        <source>{host} forbids {model} (403); check what the token may read, or ask its owner for access.</source>
        <translation>{host} verbietet {model} (403); prüfen, was das Token lesen darf, oder den Eigentümer um Zugang bitten.</translation>
    </message>
    <message>
        <source>The proxy wants a name and password (407); put them into HTTPS_PROXY.</source>
        <translation>Der Proxy verlangt Namen und Passwort (407); beides in HTTPS_PROXY angeben.</translation>
    </message>
    <message>
        <source>{host} asks for fewer requests (429); wait some minutes and try again, or set HF_TOKEN.</source>
        <translation>{host} bittet um weniger Anfragen (429); einige Minuten warten und noch einmal versuchen oder HF_TOKEN setzen.</translation>
    </message>
    <message>
        <source>{host} does not work at the moment ({status}); try again later.</source>
        <translation>{host} ist zurzeit gestört ({status}); später noch einmal versuchen.</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set, so nothing is fetched; unset it, or choose a model that is here.</source>
        <translation>HF_HUB_OFFLINE ist gesetzt, daher wird nichts geholt; es entfernen oder ein vorhandenes Modell wählen.</translation>
    </message>
    <message>
        <source>The certificate of {name} is not trusted; where a company&apos;s proxy replaces it, set SSL_CERT_FILE to its certificate.</source>
        <translation>Dem Zertifikat von {name} wird nicht vertraut; wo der Proxy einer Firma es ersetzt, SSL_CERT_FILE auf dessen Zertifikat setzen.</translation>
    </message>
    <message>
        <source>The proxy {proxy} refuses to connect to {name} ({reason}); check HTTPS_PROXY.</source>
        <translation>Der Proxy {proxy} verweigert die Verbindung zu {name} ({reason}); HTTPS_PROXY prüfen.</translation>
    </message>
    <message>
        <source>{name} does not answer; check the connection and try again.</source>
        <translation>{name} antwortet nicht; die Verbindung prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{name} cannot be reached ({reason}); check the connection, and HTTPS_PROXY if one is needed.</source>
        <translation>{name} ist nicht erreichbar ({reason}); die Verbindung prüfen, und HTTPS_PROXY, falls ein Proxy nötig ist.</translation>
    </message>
    <message>
        <source>The connection to {name} broke ({reason}); try again.</source>
        <translation>Die Verbindung zu {name} brach ab ({reason}); noch einmal versuchen.</translation>
    </message>
    <message>
        <source>“{text}” is no repository of the hub; give OWNER/REPOSITORY/FILE.gguf.</source>
        <translation>„{text}“ ist kein Repository des Hubs; OWNER/REPOSITORY/FILE.gguf angeben.</translation>
    </message>
    <message>
        <source>“{file}” is no GGUF file; choose one that ends in .gguf.</source>
        <translation>„{file}“ ist keine GGUF-Datei; eine wählen, die auf .gguf endet.</translation>
    </message>
    <message>
        <source>HF_HUB_OFFLINE is set, so {model} is not fetched; unset it, or choose a model that is here.</source>
        <translation>HF_HUB_OFFLINE ist gesetzt, daher wird {model} nicht geholt; es entfernen oder ein vorhandenes Modell wählen.</translation>
    </message>
    <message>
        <source>{repository} has no file like {file}; it has no GGUF.</source>
        <translation>{repository} hat keine Datei wie {file}; es hat kein GGUF.</translation>
    </message>
    <message>
        <source>{repository} has no file like {file}; it has {names}.</source>
        <translation>{repository} hat keine Datei wie {file}; es hat {names}.</translation>
    </message>
    <message>
        <source>{name} does not answer through the proxy {proxy}; check the connection and try again.</source>
        <translation>{name} antwortet über den Proxy {proxy} nicht; die Verbindung prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{name} cannot be reached through the proxy {proxy} ({reason}); check HTTPS_PROXY and the connection.</source>
        <translation>{name} ist über den Proxy {proxy} nicht erreichbar ({reason}); HTTPS_PROXY und die Verbindung prüfen.</translation>
    </message>
    <message>
        <source>The connection to {name} broke through the proxy {proxy} ({reason}); try again.</source>
        <translation>Die Verbindung zu {name} über den Proxy {proxy} brach ab ({reason}); noch einmal versuchen.</translation>
    </message>
    <message>
        <source>“{text}” names no file; give OWNER/REPOSITORY/FILE.gguf, or a name of the list that nbreview models fits prints.</source>
        <translation>„{text}“ nennt keine Datei; OWNER/REPOSITORY/FILE.gguf angeben oder einen Namen aus der Liste, die nbreview models fits ausgibt.</translation>
    </message>
    <message>
        <source>{host} does not say what {model} is (no commit, hash or size); check HF_ENDPOINT and whether a proxy changes the answers.</source>
        <translation>{host} sagt nicht, was {model} ist (kein Commit, Hash oder keine Größe); HF_ENDPOINT prüfen, und ob ein Proxy die Antworten verändert.</translation>
    </message>
    <message>
        <source>A local model needs llama-cpp-python, which is not installed; run: pip install &apos;nbreview[llama]&apos; (it compiles for about five minutes).</source>
        <translation>Ein lokales Modell braucht llama-cpp-python, das nicht installiert ist; ausführen: pip install &apos;nbreview[llama]&apos; (es kompiliert etwa fünf Minuten).</translation>
    </message>
    <message>
        <source>No model is loaded; choose one first.</source>
        <translation>Es ist kein Modell geladen; zuerst eines wählen.</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>hashing the file</source>
        <translation>Hash der Datei wird berechnet</translation>
    </message>
    <message>
        <source>The model&apos;s process {how}; it is being started again.</source>
        <translation>Der Prozess des Modells {how}; er wird neu gestartet.</translation>
    </message>
    <message>
        <source>trying again: {off}</source>
        <translation>neuer Versuch: {off}</translation>
    </message>
    <message>
        <source>{where}, context {tokens}, KV {kind}</source>
        <translation>{where}, Kontext {tokens}, KV {kind}</translation>
    </message>
    <message>
        <source>all on the processor</source>
        <translation>alles auf dem Prozessor</translation>
    </message>
    <message>
        <source>{where}, context {tokens}</source>
        <translation>{where}, Kontext {tokens}</translation>
    </message>
    <message>
        <source>all layers on {backend}</source>
        <translation>alle Schichten auf {backend}</translation>
    </message>
    <message>
        <source>{layers} of {total} layers on {backend}</source>
        <translation>{layers} von {total} Schichten auf {backend}</translation>
    </message>
    <message>
        <source>log-probabilities of {host}</source>
        <translation>Log-Wahrscheinlichkeiten von {host}</translation>
    </message>
    <message>
        <source>{count} votes</source>
        <translation>{count} Stimmen</translation>
    </message>
    <message>
        <source>a context of {tokens} tokens is assumed: the server does not tell its own</source>
        <translation>ein Kontext von {tokens} Token wird angenommen: Der Server nennt seinen nicht</translation>
    </message>
    <message>
        <source>tokens are estimated ({bytes} bytes each): the server does not count them</source>
        <translation>Token werden geschätzt (je {bytes} Bytes): Der Server zählt sie nicht</translation>
    </message>
    <message>
        <source>verdicts are {votes} votes: the server tells no log-probabilities</source>
        <translation>Urteile sind {votes} Stimmen: Der Server nennt keine Log-Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>the form of verdicts is asked for and not enforced</source>
        <translation>die Form der Urteile wird erbeten und nicht erzwungen</translation>
    </message>
    <message>
        <source>what is sent is not encrypted (http)</source>
        <translation>was gesendet wird, ist nicht verschlüsselt (http)</translation>
    </message>
    <message>
        <source>{host} has stopped counting tokens; check the server and load the model again.</source>
        <translation>{host} zählt keine Token mehr; den Server prüfen und das Modell neu laden.</translation>
    </message>
    <message>
        <source>vote {vote} of {votes}</source>
        <translation>Stimme {vote} von {votes}</translation>
    </message>
    <message>
        <source>{host} ended its answer before it began; ask again.</source>
        <translation>{host} beendete die Antwort, bevor sie begann; noch einmal fragen.</translation>
    </message>
    <message>
        <source>{host} broke off in the middle of its answer; ask again.</source>
        <translation>{host} brach mitten in der Antwort ab; noch einmal fragen.</translation>
    </message>
    <message>
        <source>{host} sends on to another address, which is not followed; give that address if you trust it: {address}.</source>
        <translation>{host} verweist auf eine andere Adresse, der nicht gefolgt wird; diese Adresse angeben, wenn sie vertrauenswürdig ist: {address}.</translation>
    </message>
    <message>
        <source>{host} broke off its answer ({words}); ask again.</source>
        <translation>{host} brach die Antwort ab ({words}); noch einmal fragen.</translation>
    </message>
    <message>
        <source>{host} has not gone on for {seconds} s; ask again, or ask a smaller or less busy model.</source>
        <translation>{host} ist seit {seconds} s nicht weitergekommen; noch einmal fragen oder ein kleineres oder weniger beschäftigtes Modell fragen.</translation>
    </message>
    <message>
        <source>{host} has not begun to answer for {seconds} s; ask again, or ask a smaller or less busy model.</source>
        <translation>{host} hat nach {seconds} s noch nicht zu antworten begonnen; noch einmal fragen oder ein kleineres oder weniger beschäftigtes Modell fragen.</translation>
    </message>
    <message>
        <source>an answer without end</source>
        <translation>eine Antwort ohne Ende</translation>
    </message>
    <message>
        <source>asking {name} a word</source>
        <translation>{name} wird nach einem Wort gefragt</translation>
    </message>
    <message>
        <source>trying how verdicts can be asked for</source>
        <translation>es wird probiert, wie sich Urteile erfragen lassen</translation>
    </message>
    <message>
        <source>counting tokens</source>
        <translation>Token werden gezählt</translation>
    </message>
    <message>
        <source>{host} has no model “{name}”; it has {names}.</source>
        <translation>{host} hat kein Modell „{name}“; es hat {names}.</translation>
    </message>
    <message>
        <source>{host} does not list its models; name one with --model.</source>
        <translation>{host} listet seine Modelle nicht auf; mit --model eines nennen.</translation>
    </message>
    <message>
        <source>{host} has several models; name one with --model: {names}.</source>
        <translation>{host} hat mehrere Modelle; mit --model eines nennen: {names}.</translation>
    </message>
    <message>
        <source>{host} refuses the question ({status}){because}; choose another model.</source>
        <translation>{host} lehnt die Frage ab ({status}){because}; ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>{host} wants a key ({status}); put the right one into {variable} or the keyring.</source>
        <translation>{host} verlangt einen Schlüssel ({status}); den richtigen in {variable} oder im Schlüsselbund ablegen.</translation>
    </message>
    <message>
        <source>{host} sent something that is no answer of a model ({words}); check that the address is that of an OpenAI-compatible server, as a rule with /v1.</source>
        <translation>{host} sendete etwas, das keine Antwort eines Modells ist ({words}); prüfen, ob die Adresse die eines OpenAI-kompatiblen Servers ist, in der Regel mit /v1.</translation>
    </message>
    <message>
        <source>The connection to {host} broke ({reason}); ask again.</source>
        <translation>Die Verbindung zu {host} brach ab ({reason}); noch einmal fragen.</translation>
    </message>
    <message>
        <source>The prompt is too long for the model at {host}{because}; ask about less, or give the server a larger context.</source>
        <translation>Der Prompt ist zu lang für das Modell auf {host}{because}; zu weniger fragen oder dem Server einen größeren Kontext geben.</translation>
    </message>
    <message>
        <source>{host} knows no such model or address (404){because}; see what it has with nbreview models endpoint {address}.</source>
        <translation>{host} kennt kein solches Modell und keine solche Adresse (404){because}; nbreview models endpoint {address} zeigt, was es dort gibt.</translation>
    </message>
    <message>
        <source>{host} is busy ({status}){because}; ask again later.</source>
        <translation>{host} ist ausgelastet ({status}){because}; später noch einmal fragen.</translation>
    </message>
    <message>
        <source>{host} failed ({status}){because}; ask again later.</source>
        <translation>{host} ist gescheitert ({status}){because}; später noch einmal fragen.</translation>
    </message>
    <message>
        <source>{host} refuses the key ({status}); put the right one into {variable} or the keyring.</source>
        <translation>{host} weist den Schlüssel zurück ({status}); den richtigen in {variable} oder im Schlüsselbund ablegen.</translation>
    </message>
    <message>
        <source>The certificate of {host} is not trusted; set SSL_CERT_FILE to the one your site gives out.</source>
        <translation>Dem Zertifikat von {host} wird nicht vertraut; SSL_CERT_FILE auf das setzen, das vor Ort ausgegeben wird.</translation>
    </message>
    <message>
        <source>The proxy refuses to connect to {host} ({reason}); check HTTPS_PROXY and NO_PROXY.</source>
        <translation>Der Proxy verweigert die Verbindung zu {host} ({reason}); HTTPS_PROXY und NO_PROXY prüfen.</translation>
    </message>
    <message>
        <source>{host} cannot be reached ({reason}); start the server there or check the address.</source>
        <translation>{host} ist nicht erreichbar ({reason}); den Server dort starten oder die Adresse prüfen.</translation>
    </message>
    <message>
        <source>{path} cannot be read any more; name a model file that is there.</source>
        <translation>{path} ist nicht mehr lesbar; eine Modelldatei nennen, die es gibt.</translation>
    </message>
    <message>
        <source>The process that counts tokens with {path} {how}; name another model file, or count without one.</source>
        <translation>Der Prozess, der mit {path} Token zählt, {how}; eine andere Modelldatei nennen oder ohne zählen.</translation>
    </message>
    <message>
        <source>The vocabulary of {path} cannot be read: {reason}; name another model file.</source>
        <translation>Das Vokabular von {path} ist nicht lesbar: {reason}; eine andere Modelldatei nennen.</translation>
    </message>
    <message>
        <source>The process that counts tokens with {path} gave no sign of life; count them again.</source>
        <translation>Der Prozess, der mit {path} Token zählt, gab kein Lebenszeichen; noch einmal zählen.</translation>
    </message>
    <message>
        <source>{name} is truncated (it breaks off in line {line}); restore it from git or save it again in Jupyter.</source>
        <translation>{name} ist abgeschnitten (bricht in Zeile {line} ab); aus git wiederherstellen oder in Jupyter neu speichern.</translation>
    </message>
    <message>
        <source>{name} is empty, not a notebook; restore it from git or save it again in Jupyter.</source>
        <translation>{name} ist leer, kein Notebook; aus git wiederherstellen oder in Jupyter neu speichern.</translation>
    </message>
    <message>
        <source>{name} is UTF-16 text or a binary file, but notebooks are UTF-8; convert it (`iconv -t utf-8`) or name another file.</source>
        <translation>{name} ist UTF-16-Text oder eine Binärdatei, Notebooks sind aber UTF-8; umwandeln (`iconv -t utf-8`) oder eine andere Datei nennen.</translation>
    </message>
    <message>
        <source>{name} holds git conflict markers (line {line}); merge it cell by cell with `nbreview merge` and its name, or take one side with `git checkout --ours` or `--theirs`, then open it again.</source>
        <translation>{name} enthält Konfliktmarken von git (Zeile {line}); mit `nbreview merge` und dem Namen Zelle für Zelle zusammenführen oder mit `git checkout --ours` oder `--theirs` eine Seite übernehmen, dann erneut öffnen.</translation>
    </message>
    <message>
        <source>{name} holds half of a surrogate pair in cell {cell}, which is no character; delete it there with an editor and save the file.</source>
        <translation>{name} enthält in Zelle {cell} ein halbes Surrogatpaar, das kein Zeichen ist; es dort mit einem Editor löschen und die Datei speichern.</translation>
    </message>
    <message>
        <source>{name} holds half of a surrogate pair, which is no character; delete it there with an editor and save the file.</source>
        <translation>{name} enthält ein halbes Surrogatpaar, das kein Zeichen ist; es mit einem Editor löschen und die Datei speichern.</translation>
    </message>
    <message>
        <source>{name} is not UTF-8 text (line {line}), but notebooks are UTF-8; convert it (`iconv -t utf-8`) and open it again.</source>
        <translation>{name} ist kein UTF-8-Text (Zeile {line}), Notebooks sind aber UTF-8; umwandeln (`iconv -t utf-8`) und erneut öffnen.</translation>
    </message>
    <message>
        <source>{name} is not JSON (line {line}, column {column}: {reason}), so it is not a notebook; restore it from git or name another file.</source>
        <translation>{name} ist kein JSON (Zeile {line}, Spalte {column}: {reason}), also kein Notebook; aus git wiederherstellen oder eine andere Datei nennen.</translation>
    </message>
    <message>
        <source>{name} nests too deeply to be a notebook; restore it from git.</source>
        <translation>{name} ist für ein Notebook zu tief verschachtelt; aus git wiederherstellen.</translation>
    </message>
    <message>
        <source>{name} holds a number of thousands of digits; remove it and open the file again.</source>
        <translation>{name} enthält eine Zahl mit Tausenden von Ziffern; sie entfernen und die Datei erneut öffnen.</translation>
    </message>
    <message>
        <source>{name} is a git-lfs pointer, not the notebook itself; run `git lfs pull` and open it again.</source>
        <translation>{name} ist ein Zeiger von git-lfs, nicht das Notebook selbst; `git lfs pull` ausführen und erneut öffnen.</translation>
    </message>
    <message>
        <source>This notebook has the old format 3 and was upgraded for reading only; open it in Jupyter and save it, then it can be changed here.</source>
        <translation>Dieses Notebook hat das alte Format 3 und wurde nur zum Lesen umgewandelt; in Jupyter öffnen und speichern, dann lässt es sich hier ändern.</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>ein Objekt</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>its notebook</source>
        <translation>das Notebook</translation>
    </message>
    <message>
        <source>{name} is larger than the limit of {limit} MB ({size} MB); clear its outputs in Jupyter and save it, then open it again.</source>
        <translation>{name} ist größer als die Grenze von {limit} MB ({size} MB); in Jupyter die Ausgaben löschen und speichern, dann erneut öffnen.</translation>
    </message>
    <message>
        <source>has a {key} that should be a text or a list of lines</source>
        <translation>hat unter {key} etwas anderes als eine Zeichenkette oder eine Liste von Zeilen</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>{name}: {place} {what} (found {value}); restore it from git or save it again in Jupyter.</source>
        <translation>{name}: {place} {what} (gefunden: {value}); aus git wiederherstellen oder in Jupyter neu speichern.</translation>
    </message>
    <message>
        <source>{name} is JSON but not a notebook (it holds {what}); name a .ipynb file.</source>
        <translation>{name} ist JSON, aber kein Notebook (enthält {what}); eine .ipynb-Datei nennen.</translation>
    </message>
    <message>
        <source>{name} is JSON but not a notebook (it has no nbformat number); name a .ipynb file.</source>
        <translation>{name} ist JSON, aber kein Notebook (ohne nbformat-Nummer); eine .ipynb-Datei nennen.</translation>
    </message>
    <message>
        <source>{name} has notebook format {version}, which is too old; save it as format 4 with Jupyter.</source>
        <translation>{name} hat das Notebook-Format {version}, das zu alt ist; mit Jupyter als Format 4 speichern.</translation>
    </message>
    <message>
        <source>{name} has notebook format {version}, which is newer than nbreview knows; save it as format 4 with Jupyter.</source>
        <translation>{name} hat das Notebook-Format {version}, das neuer ist, als nbreview es kennt; mit Jupyter als Format 4 speichern.</translation>
    </message>
    <message>
        <source>{name} has no cells; restore it from git or save it again in Jupyter.</source>
        <translation>{name} hat keine Zellen; aus git wiederherstellen oder in Jupyter neu speichern.</translation>
    </message>
    <message>
        <source>{name} has {what} where its cells should be a list; restore it from git or save it again in Jupyter.</source>
        <translation>{name} hat {what}, wo eine Liste der Zellen stehen sollte; aus git wiederherstellen oder in Jupyter neu speichern.</translation>
    </message>
    <message>
        <source>should be an object</source>
        <translation>sollte ein Objekt sein</translation>
    </message>
    <message>
        <source>has an id that should be a text</source>
        <translation>hat eine ID, die eine Zeichenkette sein sollte</translation>
    </message>
    <message>
        <source>has {key} that should be an object</source>
        <translation>hat unter {key} etwas anderes als ein Objekt</translation>
    </message>
    <message>
        <source>cell {cell}, output {output}</source>
        <translation>Zelle {cell}, Ausgabe {output}</translation>
    </message>
    <message>
        <source>{path} is a folder, not a notebook; name a .ipynb file inside it.</source>
        <translation>{path} ist ein Ordner, kein Notebook; eine .ipynb-Datei darin nennen.</translation>
    </message>
    <message>
        <source>{path} does not exist; check the path.</source>
        <translation>{path} gibt es nicht; den Pfad prüfen.</translation>
    </message>
    <message>
        <source>{path} may not be read by you; ask for permission to read it.</source>
        <translation>Für {path} fehlt das Leserecht; um Leserecht bitten.</translation>
    </message>
    <message>
        <source>{path} could not be read ({reason}); check the disk and try again.</source>
        <translation>{path} konnte nicht gelesen werden ({reason}); den Datenträger prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{path} is not a usable path; check it.</source>
        <translation>{path} ist kein brauchbarer Pfad; den Pfad prüfen.</translation>
    </message>
    <message>
        <source>{name} is a damaged notebook of format 3 ({reason}); restore it from git or save it again in Jupyter.</source>
        <translation>{name} ist ein beschädigtes Notebook im Format 3 ({reason}); aus git wiederherstellen oder in Jupyter neu speichern.</translation>
    </message>
    <message>
        <source>has a cell_type that is not code, markdown or raw</source>
        <translation>hat einen cell_type, der nicht code, markdown oder raw ist</translation>
    </message>
    <message>
        <source>has outputs that should be a list</source>
        <translation>hat outputs, die eine Liste sein sollten</translation>
    </message>
    <message>
        <source>has an output_type that nbformat 4 does not know</source>
        <translation>hat einen output_type, den nbformat 4 nicht kennt</translation>
    </message>
    <message>
        <source>{path} is not a usable path ({reason}); check it.</source>
        <translation>{path} ist kein brauchbarer Pfad ({reason}); den Pfad prüfen.</translation>
    </message>
    <message>
        <source>has a traceback that should be a list of lines</source>
        <translation>hat einen Traceback, der eine Liste von Zeilen sein sollte</translation>
    </message>
    <message>
        <source>has a {key} whose lines should be texts</source>
        <translation>hat unter {key} Zeilen, die Zeichenketten sein sollten</translation>
    </message>
    <message>
        <source>{name} was not changed: the new text holds half of a surrogate pair; delete that character.</source>
        <translation>{name} wurde nicht geändert: Der neue Text enthält ein halbes Surrogatpaar; dieses Zeichen löschen.</translation>
    </message>
    <message>
        <source>{name} is not a notebook that can be changed; open it again to see why.</source>
        <translation>{name} ist kein Notebook, das sich ändern lässt; erneut öffnen, um den Grund zu sehen.</translation>
    </message>
    <message>
        <source>{name} holds no list of cells that can be changed; save it as format 4 with Jupyter.</source>
        <translation>{name} enthält keine Liste von Zellen, die sich ändern lässt; mit Jupyter als Format 4 speichern.</translation>
    </message>
    <message>
        <source>{name} has no cell {cell}; open it again.</source>
        <translation>{name} hat keine Zelle {cell}; erneut öffnen.</translation>
    </message>
    <message>
        <source>{name}: cell {cell} has no source to change; save the file again in Jupyter.</source>
        <translation>{name}: Zelle {cell} hat keinen Quelltext, der sich ändern lässt; die Datei in Jupyter neu speichern.</translation>
    </message>
    <message>
        <source>{name} was not changed: the new source of cell {cell} holds half of a surrogate pair; delete that character.</source>
        <translation>{name} wurde nicht geändert: Der neue Quelltext von Zelle {cell} enthält ein halbes Surrogatpaar; dieses Zeichen löschen.</translation>
    </message>
    <message>
        <source>{name}: the source of cell {cell} is damaged; restore it from git.</source>
        <translation>{name}: Der Quelltext von Zelle {cell} ist beschädigt; aus git wiederherstellen.</translation>
    </message>
    <message>
        <source>{path} was not written ({reason}) and is as it was; check the folder&apos;s rights and the space on the disk.</source>
        <translation>{path} wurde nicht geschrieben ({reason}) und ist, wie es war; die Rechte des Ordners und den Platz auf dem Datenträger prüfen.</translation>
    </message>
    <message>
        <source>{path} is no ordinary file and was not written; choose another file.</source>
        <translation>{path} ist keine gewöhnliche Datei und wurde nicht geschrieben; eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>{path} is read-only and was not written; make it writable and retry.</source>
        <translation>{path} ist schreibgeschützt und wurde nicht geschrieben; beschreibbar machen und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>… {count} more characters, not rendered</source>
        <translation>… noch {count} Zeichen, nicht gerendert</translation>
    </message>
    <message>
        <source>… {count} more characters of HTML, not shown</source>
        <translation>… noch {count} Zeichen HTML, nicht gezeigt</translation>
    </message>
    <message>
        <source>{percent} % of pixels differ</source>
        <translation>{percent} % der Pixel unterscheiden sich</translation>
    </message>
    <message>
        <source>too large to be compared pixel by pixel</source>
        <translation>zu groß für einen Vergleich Pixel für Pixel</translation>
    </message>
    <message>
        <source>{words}; other size: {base} → {head}</source>
        <translation>{words}; andere Größe: {base} → {head}</translation>
    </message>
    <message>
        <source>no pixel differs</source>
        <translation>kein Pixel unterscheidet sich</translation>
    </message>
    <message>
        <source>fewer than 0.1 % of pixels differ</source>
        <translation>weniger als 0.1 % der Pixel unterscheiden sich</translation>
    </message>
    <message>
        <source>one side cannot be decoded: compared byte by byte</source>
        <translation>eine Seite ist nicht dekodierbar: Byte für Byte verglichen</translation>
    </message>
    <message>
        <source>both sides cannot be decoded: compared byte by byte</source>
        <translation>beide Seiten sind nicht dekodierbar: Byte für Byte verglichen</translation>
    </message>
    <message>
        <source>Bokeh figure</source>
        <translation>Bokeh-Abbildung</translation>
    </message>
    <message>
        <source>Bokeh library</source>
        <translation>Bokeh-Bibliothek</translation>
    </message>
    <message>
        <source>HoloViews figure</source>
        <translation>HoloViews-Abbildung</translation>
    </message>
    <message>
        <source>HoloViews library</source>
        <translation>HoloViews-Bibliothek</translation>
    </message>
    <message>
        <source>GeoJSON map</source>
        <translation>GeoJSON-Karte</translation>
    </message>
    <message>
        <source>script</source>
        <translation>Skript</translation>
    </message>
    <message>
        <source>{name} chart: {marks}</source>
        <translation>{name}-Diagramm: {marks}</translation>
    </message>
    <message>
        <source>widget: {name}, saved view only</source>
        <translation>Widget: {name}, nur gespeicherte Ansicht</translation>
    </message>
    <message>
        <source>Plotly figure</source>
        <translation>Plotly-Abbildung</translation>
    </message>
    <message>
        <source>Plotly figure: 1 trace</source>
        <translation>Plotly-Abbildung: 1 Trace</translation>
    </message>
    <message>
        <source>Plotly figure: {count} traces</source>
        <translation>Plotly-Abbildung: {count} Traces</translation>
    </message>
    <message>
        <source>{words}, {kinds}</source>
        <translation>{words}, {kinds}</translation>
    </message>
    <message>
        <source>{name} chart</source>
        <translation>{name}-Diagramm</translation>
    </message>
    <message>
        <source>widget, saved view only</source>
        <translation>Widget, nur gespeicherte Ansicht</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 Frame</translation>
    </message>
    <message>
        <source>{count} frames</source>
        <translation>{count} Frames</translation>
    </message>
    <message>
        <source>{frames} in {packages}</source>
        <translation>{frames} in {packages}</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>stand-in</source>
        <translation>Platzhalter</translation>
    </message>
    <message>
        <source>variable not found</source>
        <translation>Variable nicht gefunden</translation>
    </message>
    <message>
        <source>module not found</source>
        <translation>Modul nicht gefunden</translation>
    </message>
    <message>
        <source>attribute error</source>
        <translation>Attributfehler</translation>
    </message>
    <message>
        <source>type error</source>
        <translation>Typfehler</translation>
    </message>
    <message>
        <source>value error</source>
        <translation>Wertfehler</translation>
    </message>
    <message>
        <source>key error</source>
        <translation>Schlüsselfehler</translation>
    </message>
    <message>
        <source>index error</source>
        <translation>Indexfehler</translation>
    </message>
    <message>
        <source>invalid argument</source>
        <translation>ungültiges Argument</translation>
    </message>
    <message>
        <source>tensor shape mismatch</source>
        <translation>unpassende Form von Tensoren</translation>
    </message>
    <message>
        <source>unsupported broadcast</source>
        <translation>nicht unterstütztes Broadcasting</translation>
    </message>
    <message>
        <source>data value violation</source>
        <translation>unzulässiger Datenwert</translation>
    </message>
    <message>
        <source>feature name mismatch</source>
        <translation>unpassende Merkmalsnamen</translation>
    </message>
    <message>
        <source>model initialization error</source>
        <translation>Fehler beim Initialisieren des Modells</translation>
    </message>
    <message>
        <source>cast exception</source>
        <translation>Fehler beim Umwandeln</translation>
    </message>
    <message>
        <source>file not found</source>
        <translation>Datei nicht gefunden</translation>
    </message>
    <message>
        <source>request error</source>
        <translation>Fehler bei einer Anfrage</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>Speicher erschöpft</translation>
    </message>
    <message>
        <source>syntax error</source>
        <translation>Syntaxfehler</translation>
    </message>
    <message>
        <source>runtime error</source>
        <translation>Laufzeitfehler</translation>
    </message>
    <message>
        <source>other</source>
        <translation>anderes</translation>
    </message>
    <message>
        <source>API misuse</source>
        <translation>API falsch verwendet</translation>
    </message>
    <message>
        <source>data confusion</source>
        <translation>Verwechslung bei Daten</translation>
    </message>
    <message>
        <source>implementation error</source>
        <translation>Programmierfehler</translation>
    </message>
    <message>
        <source>NB specific</source>
        <translation>notebooktypisch</translation>
    </message>
    <message>
        <source>ML model confusion</source>
        <translation>Verwechslung beim ML-Modell</translation>
    </message>
    <message>
        <source>library cause</source>
        <translation>Ursache in der Bibliothek</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>insufficient resource</source>
        <translation>zu wenig Ressourcen</translation>
    </message>
    <message>
        <source>environment setup</source>
        <translation>Einrichten der Umgebung</translation>
    </message>
    <message>
        <source>data preparation</source>
        <translation>Datenaufbereitung</translation>
    </message>
    <message>
        <source>data visualization</source>
        <translation>Datenvisualisierung</translation>
    </message>
    <message>
        <source>model construction</source>
        <translation>Modellaufbau</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>evaluation and prediction</source>
        <translation>Auswertung und Vorhersage</translation>
    </message>
    <message>
        <source>Cell {number} of {name} has changed since; ask for the suggestion again.</source>
        <translation>Zelle {number} von {name} hat sich seither geändert; den Vorschlag neu anfordern.</translation>
    </message>
    <message>
        <source>The cell before the new cell {number} of {name} has changed since, or there are several like it; ask for the suggestion again.</source>
        <translation>Die Zelle vor der neuen Zelle {number} von {name} hat sich seither geändert, oder es gibt mehrere gleiche; den Vorschlag neu anfordern.</translation>
    </message>
    <message>
        <source>The removed cell {number} of {name} is not kept any more; take it from the history instead.</source>
        <translation>Die entfernte Zelle {number} von {name} ist nicht mehr aufbewahrt; sie stattdessen aus dem Verlauf holen.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} is changed by two of these suggestions; accept them one by one.</source>
        <translation>Zelle {number} von {name} wird von zwei dieser Vorschläge geändert; sie einzeln annehmen.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} has changed since; change it back by hand, as undoing would lose that edit.</source>
        <translation>Zelle {number} von {name} hat sich seither geändert; sie von Hand zurückändern, denn Rückgängig würde jene Änderung verlieren.</translation>
    </message>
    <message>
        <source>added as cell {number}, copied from cell {other}</source>
        <translation>hinzugefügt als Zelle {number}, kopiert aus Zelle {other}</translation>
    </message>
    <message>
        <source>added as cell {number}</source>
        <translation>hinzugefügt als Zelle {number}</translation>
    </message>
    <message>
        <source>cell {number}, as it was found here</source>
        <translation>Zelle {number}, wie sie hier gefunden wurde</translation>
    </message>
    <message>
        <source>{first}, {second}</source>
        <translation>{first}, {second}</translation>
    </message>
    <message>
        <source>{name} has no history in git, so its cells have none; commit it to start one.</source>
        <translation>{name} hat keinen Verlauf in git, also auch seine Zellen nicht; es committen, um einen zu beginnen.</translation>
    </message>
    <message>
        <source>{name} has no cell {number} in {revision}; choose another cell.</source>
        <translation>{name} hat in {revision} keine Zelle {number}; eine andere Zelle wählen.</translation>
    </message>
    <message>
        <source>added as cell {number}, split off from cell {other}</source>
        <translation>hinzugefügt als Zelle {number}, abgetrennt von Zelle {other}</translation>
    </message>
    <message>
        <source>moved from cell {before} to cell {number}</source>
        <translation>von Zelle {before} nach Zelle {number} verschoben</translation>
    </message>
    <message>
        <source>became {type}</source>
        <translation>jetzt vom Typ {type}</translation>
    </message>
    <message>
        <source>cell {number} modified: +{added} −{removed}</source>
        <translation>Zelle {number} geändert: +{added} −{removed}</translation>
    </message>
    <message>
        <source>it did not come to its end.</source>
        <translation>sie kam nicht zum Ende.</translation>
    </message>
    <message>
        <source>{path} is in no git repository, so there is no {revision}; name no revision.</source>
        <translation>{path} liegt in keinem git-Repository, also gibt es {revision} nicht; keine Revision angeben.</translation>
    </message>
    <message>
        <source>There is no revision “{revision}” in {root}; “git log” lists those that exist.</source>
        <translation>Es gibt keine Revision „{revision}“ in {root}; „git log“ listet die vorhandenen auf.</translation>
    </message>
    <message>
        <source>{name} is no Python interpreter; name one, such as .venv/bin/python.</source>
        <translation>{name} ist kein Python-Interpreter; einen angeben, etwa .venv/bin/python.</translation>
    </message>
    <message>
        <source>There is no cell {number}; the notebook has {count}: choose one of them.</source>
        <translation>Es gibt keine Zelle {number}; das Notebook hat {count}: eine davon wählen.</translation>
    </message>
    <message>
        <source>{folder} lies beside the notebook, where a stranger may have put it, and is started only where it is named: --environment {program}, or another --kernel NAME.</source>
        <translation>{folder} liegt neben dem Notebook, wo Fremde es abgelegt haben können, und wird nur gestartet, wenn es genannt ist: --environment {program}, oder ein anderer --kernel NAME.</translation>
    </message>
    <message>
        <source>The kernel has ended before the cell could be judged; run it again.</source>
        <translation>Der Kernel endete, bevor die Zelle beurteilt werden konnte; sie erneut ausführen.</translation>
    </message>
    <message>
        <source>The comment is empty; write something, or leave the box with Escape.</source>
        <translation>Der Kommentar ist leer; etwas schreiben oder das Feld mit Escape verlassen.</translation>
    </message>
    <message>
        <source>The comment has {count} characters, and {most} is the most; make it shorter.</source>
        <translation>Der Kommentar hat {count} Zeichen, höchstens {most} sind möglich; ihn kürzen.</translation>
    </message>
    <message>
        <source>This comment is not in the store any more; it was forgotten meanwhile, write a new one.</source>
        <translation>Dieser Kommentar ist nicht mehr im Datenspeicher; er wurde inzwischen vergessen, einen neuen schreiben.</translation>
    </message>
    <message>
        <source>This is how git calls an external diff; run “nbreview git-setup” to have it so.</source>
        <translation>So ruft git einen externen Diff auf; „nbreview git-setup“ ausführen, um das einzurichten.</translation>
    </message>
    <message>
        <source>{folder} is in no git repository; name two notebooks, BASE and HEAD, or go to a repository.</source>
        <translation>{folder} liegt in keinem git-Repository; zwei Notebooks angeben, BASE und HEAD, oder in ein Repository wechseln.</translation>
    </message>
    <message>
        <source>{root} is a bare repository without files; name two revisions.</source>
        <translation>{root} ist ein Bare-Repository ohne Dateien; zwei Revisionen angeben.</translation>
    </message>
    <message>
        <source>{spec} is no file, and this folder is in no git repository where it could be a revision; check its path.</source>
        <translation>{spec} ist keine Datei, und dieser Ordner liegt in keinem git-Repository, in dem es eine Revision sein könnte; den Pfad prüfen.</translation>
    </message>
    <message>
        <source>“{text}” asks for “{word}”, which only git knows; name a path, a pattern, “:/PATH” from the root of the repository, or “:!PATH” to leave it out.</source>
        <translation>„{text}“ verlangt „{word}“, das nur git kennt; einen Pfad angeben, ein Muster, „:/PATH“ von der Wurzel des Repositorys aus, oder „:!PATH“, um ihn auszulassen.</translation>
    </message>
    <message>
        <source>The current folder is gone; go to another one and try again.</source>
        <translation>Der aktuelle Ordner ist nicht mehr da; in einen anderen wechseln und es erneut versuchen.</translation>
    </message>
    <message>
        <source>“{text}” is both a revision and a file; write “{text} --” for the revision, “./{text}” for the file.</source>
        <translation>„{text}“ ist sowohl eine Revision als auch eine Datei; „{text} --“ für die Revision schreiben, „./{text}“ für die Datei.</translation>
    </message>
    <message>
        <source>“{word}” is neither a revision nor a file here; name a revision as in HEAD~1, or write “--” before a path that is gone.</source>
        <translation>„{word}“ ist hier weder eine Revision noch eine Datei; eine Revision angeben, etwa HEAD~1, oder „--“ vor einen Pfad schreiben, den es nicht mehr gibt.</translation>
    </message>
    <message>
        <source>This suggestion is not rejected any more; look for it among the cards.</source>
        <translation>Dieser Vorschlag ist nicht mehr abgelehnt; ihn unter den Karten suchen.</translation>
    </message>
    <message>
        <source>These suggestions are for several notebooks; accept those of one notebook together.</source>
        <translation>Diese Vorschläge gelten mehreren Notebooks; die eines Notebooks zusammen annehmen.</translation>
    </message>
    <message>
        <source>There is nothing to undo in {name}; what you accept, edit, revert or stage can be.</source>
        <translation>In {name} gibt es nichts rückgängig zu machen; möglich ist es bei Annahmen, Bearbeitungen, Zurücksetzungen und Vormerkungen.</translation>
    </message>
    <message>
        <source>This suggestion has already been decided on; choose another card.</source>
        <translation>Über diesen Vorschlag ist schon entschieden; eine andere Karte wählen.</translation>
    </message>
    <message>
        <source>{reason} A plan has a title and the headings Data preparation, Model, and Training and evaluation, each with some words below it.</source>
        <translation>{reason} Ein Plan hat einen Titel und die Überschriften Data preparation, Model sowie Training and evaluation, unter jeder einige Worte.</translation>
    </message>
    <message>
        <source>This is the last cell of code and has to stay; change it, or make cells again.</source>
        <translation>Dies ist die letzte Codezelle und muss bleiben; sie ändern oder die Zellen neu erstellen.</translation>
    </message>
    <message>
        <source>The cell cannot be kept. {problem} Mend it, or cancel.</source>
        <translation>Die Zelle kann so nicht bleiben. {problem} Den Fehler beheben oder abbrechen.</translation>
    </message>
    <message>
        <source>A critique needs some words; write what speaks against the plan.</source>
        <translation>Eine Kritik braucht Worte; schreiben, was gegen den Plan spricht.</translation>
    </message>
    <message>
        <source>There is no task; say in words what the notebook is to do.</source>
        <translation>Es gibt keine Aufgabe; in Worten sagen, was das Notebook tun soll.</translation>
    </message>
    <message>
        <source>There is no draft {number} in the store; begin a new one.</source>
        <translation>Im Datenspeicher gibt es keinen Entwurf {number}; einen neuen beginnen.</translation>
    </message>
    <message>
        <source>The draft has no cells yet; make its steps first.</source>
        <translation>Der Entwurf hat noch keine Zellen; zuerst seine Schritte erstellen.</translation>
    </message>
    <message>
        <source>Cell {number} has changed on disk, so nothing was inserted behind it; read the notebook again and choose the cell anew, or insert at the end.</source>
        <translation>Zelle {number} hat sich auf der Platte geändert, daher wurde nichts dahinter eingefügt; das Notebook neu einlesen und die Zelle neu wählen oder am Ende einfügen.</translation>
    </message>
    <message>
        <source>{path} cannot be made ({reason}); name a notebook in a folder that can be written.</source>
        <translation>{path} kann nicht angelegt werden ({reason}); ein Notebook in einem beschreibbaren Ordner angeben.</translation>
    </message>
    <message>
        <source>Draft, cell {number} of {count}.</source>
        <translation>Entwurf, Zelle {number} von {count}.</translation>
    </message>
    <message>
        <source>Draft “{title}”, cell {number} of {count}.</source>
        <translation>Entwurf „{title}“, Zelle {number} von {count}.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} has changed on disk since it was shown; what you typed is kept in the editor. Compare again (F5), then save or copy it.</source>
        <translation>Zelle {number} von {name} hat sich auf der Platte geändert, seit sie gezeigt wurde; das Eingegebene bleibt im Editor. Neu vergleichen (F5), dann speichern oder kopieren.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} is as it was; change its source, then save.</source>
        <translation>Zelle {number} von {name} ist unverändert; ihren Quelltext ändern, dann speichern.</translation>
    </message>
    <message>
        <source>{name} was being written meanwhile; it was left as it is. Save once more.</source>
        <translation>{name} wurde inzwischen geschrieben und blieb, wie es ist. Noch einmal speichern.</translation>
    </message>
    <message>
        <source>{name} is shown as it was, not as it is; choose the working tree as the head to edit a cell.</source>
        <translation>{name} wird gezeigt, wie es war, nicht wie es ist; zum Bearbeiten einer Zelle das Arbeitsverzeichnis als Head wählen.</translation>
    </message>
    <message>
        <source>{name} does not hold that cell any more; revert it to the base to have it back.</source>
        <translation>{name} enthält diese Zelle nicht mehr; sie auf die Basis zurücksetzen, um sie wiederzubekommen.</translation>
    </message>
    <message>
        <source>The cells that you ask about, those around them, and what is known of their variables and outputs will be sent to {host}, {secured}; with them the passages of the repository&apos;s files that fit the question, and edits that you accepted in them; for a draft, its task, and the names, columns and a few values of its data files. Send this there, now and later?</source>
        <translation>Die Zellen, um die es in einer Frage geht, die Zellen darum herum und was über ihre Variablen und Ausgaben bekannt ist, werden {secured} an {host} gesendet; mit ihnen die zur Frage passenden Stellen aus den Dateien des Repositorys und die darin angenommenen Änderungen; bei einem Entwurf seine Aufgabe und die Namen, Spalten und einige Werte seiner Datendateien. Dies dorthin senden, jetzt und künftig?</translation>
    </message>
    <message>
        <source>Sending notebook content to {host} has not been agreed to; agree once with nbreview models endpoint {url} --allow.</source>
        <translation>Dem Senden von Notebook-Inhalten an {host} ist nicht zugestimmt; einmal zustimmen mit nbreview models endpoint {url} --allow.</translation>
    </message>
    <message>
        <source>{host} has no list of models at {url}/models; check the address, which as a rule ends in /v1.</source>
        <translation>{host} hat keine Modellliste unter {url}/models; die Adresse prüfen, die in der Regel auf /v1 endet.</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>verschlüsselt</translation>
    </message>
    <message>
        <source>NOT encrypted</source>
        <translation>UNVERSCHLÜSSELT</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); make it writable.</source>
        <translation>{path} kann nicht geschrieben werden ({reason}); die Datei beschreibbar machen.</translation>
    </message>
    <message>
        <source>waiting for the question of another window</source>
        <translation>wartet auf die Frage eines anderen Fensters</translation>
    </message>
    <message>
        <source>{model} on {host}</source>
        <translation>{model} auf {host}</translation>
    </message>
    <message>
        <source>Sending notebook content to {host} has not been agreed to; agree once under “On a server” in the models window.</source>
        <translation>Dem Senden von Notebook-Inhalten an {host} ist nicht zugestimmt; einmal zustimmen unter „Auf einem Server“ im Modellfenster.</translation>
    </message>
    <message>
        <source>An edit is made of the file itself, and another revision is shown as head; choose the working tree in the history.</source>
        <translation>Eine Änderung gilt der Datei selbst, und als Head wird ein anderer Stand gezeigt; das Arbeitsverzeichnis im Verlauf wählen.</translation>
    </message>
    <message>
        <source>a stand-in run</source>
        <translation>einen Lauf mit Platzhaltern</translation>
    </message>
    <message>
        <source>This suggestion has no such change; choose one of those that its card shows.</source>
        <translation>Diese Änderung hat der Vorschlag nicht; eine wählen, die seine Karte zeigt.</translation>
    </message>
    <message>
        <source>A dry run was not allowed for this notebook; allow it by name first.</source>
        <translation>Ein Probelauf ist für dieses Notebook nicht erlaubt; ihn zuerst ausdrücklich erlauben.</translation>
    </message>
    <message>
        <source>A stand-in was not allowed for this notebook; allow it by name first.</source>
        <translation>Platzhalter sind für dieses Notebook nicht erlaubt; sie zuerst ausdrücklich erlauben.</translation>
    </message>
    <message>
        <source>The kernel is busy; wait for it, or press Stop.</source>
        <translation>Der Kernel ist beschäftigt; warten oder „Anhalten“ drücken.</translation>
    </message>
    <message>
        <source>The kernel is not at cell {number}: cell {last} has not run; run to cell {last}.</source>
        <translation>Der Kernel ist nicht bei Zelle {number}: Zelle {last} ist nicht gelaufen; bis Zelle {last} ausführen.</translation>
    </message>
    <message>
        <source>The kernel is not at cell {number}: {count} cells above have not run; run to cell {last}.</source>
        <translation>Der Kernel ist nicht bei Zelle {number}: {count} Zellen darüber sind nicht gelaufen; bis Zelle {last} ausführen.</translation>
    </message>
    <message>
        <source>Cell {number} has run already, so the kernel is past it; restart it and run to the cell before.</source>
        <translation>Zelle {number} ist schon gelaufen, der Kernel ist also darüber hinaus; ihn neu starten und bis zur Zelle davor ausführen.</translation>
    </message>
    <message>
        <source>The cells above are replayed and this cell is run on stand-ins for the data: objects invented from what the kernel or, without one, the saved outputs tell of them, in a child process of {python}.</source>
        <translation>Die Zellen darüber werden nachgespielt, und diese Zelle läuft mit Platzhaltern für die Daten: Objekte, erfunden nach dem, was der Kernel oder, ohne einen, die gespeicherten Ausgaben über sie sagen, in einem Kindprozess von {python}.</translation>
    </message>
    <message>
        <source>No kernel is needed, and none is touched.</source>
        <translation>Es wird kein Kernel gebraucht und keiner angerührt.</translation>
    </message>
    <message>
        <source>a dry run</source>
        <translation>einen Probelauf</translation>
    </message>
    <message>
        <source>it did not end.</source>
        <translation>sie kam nicht zum Ende.</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>beschäftigt</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>kernel: {title}, attached, {doing}</source>
        <translation>Kernel: {title}, verbunden, {doing}</translation>
    </message>
    <message>
        <source>Goes on in {title}, which was started elsewhere.</source>
        <translation>Fährt in {title} fort, das anderswo gestartet wurde.</translation>
    </message>
    <message>
        <source>This kernel speaks {language}: snapshots and dry runs are for Python; the model can still be asked about the code.</source>
        <translation>Dieser Kernel spricht {language}: Momentaufnahmen und Probeläufe gibt es nur für Python; das Modell kann trotzdem zum Code gefragt werden.</translation>
    </message>
    <message>
        <source>kernel: {title}, starting</source>
        <translation>Kernel: {title}, startet</translation>
    </message>
    <message>
        <source>{doing}, {detail}</source>
        <translation>{doing}, {detail}</translation>
    </message>
    <message>
        <source>{doing} · {count} cells run</source>
        <translation>{doing} · {count} Zellen ausgeführt</translation>
    </message>
    <message>
        <source>kernel: {title}, {doing}</source>
        <translation>Kernel: {title}, {doing}</translation>
    </message>
    <message>
        <source>Starts {title}: {program}, working in {folder}.</source>
        <translation>Startet {title}: {program}, Arbeitsordner {folder}.</translation>
    </message>
    <message>
        <source>Attaches to the running kernel {name}: what is run there changes what its owner sees. It is never restarted or shut down from here.</source>
        <translation>Verbindet mit dem laufenden Kernel {name}: Was dort ausgeführt wird, ändert, was sein Besitzer sieht. Von hier aus wird er nie neu gestartet oder beendet.</translation>
    </message>
    <message>
        <source>Goes on in {title}.</source>
        <translation>Fährt in {title} fort.</translation>
    </message>
    <message>
        <source>{title} ({why})</source>
        <translation>{title} ({why})</translation>
    </message>
    <message>
        <source>{name} on {host}</source>
        <translation>{name} auf {host}</translation>
    </message>
    <message>
        <source>The kernel was shut down before it had started; start it again.</source>
        <translation>Der Kernel wurde beendet, bevor er gestartet war; ihn erneut starten.</translation>
    </message>
    <message>
        <source>Something is under way in this kernel; wait for it, or press Stop.</source>
        <translation>In diesem Kernel läuft gerade etwas; warten oder „Anhalten“ drücken.</translation>
    </message>
    <message>
        <source>No cell is run. It may do all that you may do, once cells are run in it.</source>
        <translation>Es wird keine Zelle ausgeführt. Sobald Zellen in ihm laufen, darf er alles, was auch dem eigenen Benutzerkonto erlaubt ist.</translation>
    </message>
    <message>
        <source>running cell {number} ({done} of {count})</source>
        <translation>führt Zelle {number} aus ({done} von {count})</translation>
    </message>
    <message>
        <source>Cell {number}: {reason}</source>
        <translation>Zelle {number}: {reason}</translation>
    </message>
    <message>
        <source>Stopped before cell {number}.</source>
        <translation>Vor Zelle {number} angehalten.</translation>
    </message>
    <message>
        <source>the repository</source>
        <translation>das Repository</translation>
    </message>
    <message>
        <source>when it was run</source>
        <translation>beim Ausführen</translation>
    </message>
    <message>
        <source>in a dry run on the kernel&apos;s state</source>
        <translation>in einem Probelauf auf dem Stand des Kernels</translation>
    </message>
    <message>
        <source>in a run on stand-ins for the data</source>
        <translation>in einem Lauf mit Platzhaltern für die Daten</translation>
    </message>
    <message>
        <source>{error}, {where}.</source>
        <translation>{error}, {where}.</translation>
    </message>
    <message>
        <source>No verdict: {reason}</source>
        <translation>Kein Urteil: {reason}</translation>
    </message>
    <message>
        <source>No crash found {where}.</source>
        <translation>Kein Absturz gefunden {where}.</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first} {second}</translation>
    </message>
    <message>
        <source>No crash found {where}: {how}</source>
        <translation>Kein Absturz gefunden {where}: {how}</translation>
    </message>
    <message>
        <source>The state of the kernel has changed since; ask again. It was: {message}</source>
        <translation>Der Stand des Kernels hat sich seither geändert; erneut fragen. Es war: {message}</translation>
    </message>
    <message>
        <source>The cell has changed since; ask again. It was: {message}</source>
        <translation>Die Zelle hat sich seither geändert; erneut fragen. Es war: {message}</translation>
    </message>
    <message>
        <source>reading {what}</source>
        <translation>{what} wird gelesen</translation>
    </message>
    <message>
        <source>reading {what}, {done} of {total}</source>
        <translation>{what} wird gelesen, {done} von {total}</translation>
    </message>
    <message>
        <source>{name} has no conflict that a merge marked; there is nothing to settle.</source>
        <translation>{name} hat keinen von einem Merge markierten Konflikt; es gibt nichts aufzulösen.</translation>
    </message>
    <message>
        <source>{path} is not in conflict (git has one version of it); there is nothing to merge.</source>
        <translation>{path} ist nicht im Konflikt (git hat eine einzige Fassung davon); es gibt nichts zusammenzuführen.</translation>
    </message>
    <message>
        <source>{path} was deleted by theirs and changed by ours, so there are no two versions to merge; keep it with “git add”, or delete it with “git rm”.</source>
        <translation>{path} wurde von theirs gelöscht und von ours geändert, es gibt also keine zwei Fassungen zum Zusammenführen; mit „git add“ behalten oder mit „git rm“ löschen.</translation>
    </message>
    <message>
        <source>{name} has the old notebook format 3, which is not merged; open it in Jupyter, save it, and merge again.</source>
        <translation>{name} hat das alte Notebook-Format 3, das nicht zusammengeführt wird; es in Jupyter öffnen, speichern und erneut zusammenführen.</translation>
    </message>
    <message>
        <source>{path} was deleted by ours and changed by theirs, so there are no two versions to merge; keep it with “git add”, or delete it with “git rm”.</source>
        <translation>{path} wurde von ours gelöscht und von theirs geändert, es gibt also keine zwei Fassungen zum Zusammenführen; mit „git add“ behalten oder mit „git rm“ löschen.</translation>
    </message>
    <message>
        <source>“{name}” is in no list; choose one of {known}, or give OWNER/REPOSITORY/FILE.gguf.</source>
        <translation>„{name}“ steht in keiner Liste; eines von {known} wählen oder OWNER/REPOSITORY/FILE.gguf angeben.</translation>
    </message>
    <message>
        <source>{name} holds git conflict markers; shown are the versions that were merged, ours on the left, theirs on the right, as the file itself gives them. Remove the markers and the lines of the other version in a text editor, or restore the notebook from git.</source>
        <translation>{name} enthält Konfliktmarkierungen von git; gezeigt werden die zusammengeführten Fassungen, ours links, theirs rechts, wie die Datei selbst sie angibt. Die Markierungen und die Zeilen der anderen Fassung in einem Texteditor entfernen oder das Notebook aus git wiederherstellen.</translation>
    </message>
    <message>
        <source>{folder} does not exist; check the path of the notebook.</source>
        <translation>{folder} gibt es nicht; den Pfad des Notebooks prüfen.</translation>
    </message>
    <message>
        <source>(not there)</source>
        <translation>(nicht vorhanden)</translation>
    </message>
    <message>
        <source>{revision} (deleted)</source>
        <translation>{revision} (gelöscht)</translation>
    </message>
    <message>
        <source>{path} is not in a git repository; choose two files to compare.</source>
        <translation>{path} liegt in keinem git-Repository; zwei Dateien zum Vergleichen wählen.</translation>
    </message>
    <message>
        <source>{path} holds no conflict markers any more; open it again.</source>
        <translation>{path} enthält keine Konfliktmarkierungen mehr; es erneut öffnen.</translation>
    </message>
    <message>
        <source>{name} holds git conflict markers; shown are the versions that were merged, ours on the left, theirs on the right. “nbreview merge {name}” merges them cell by cell; “git checkout --ours” or “--theirs” takes one of them whole.</source>
        <translation>{name} enthält Konfliktmarkierungen von git; gezeigt werden die zusammengeführten Fassungen, ours links, theirs rechts. „nbreview merge {name}“ führt sie Zelle für Zelle zusammen; „git checkout --ours“ oder „--theirs“ nimmt eine davon ganz.</translation>
    </message>
    <message>
        <source>{path} is given twice, and holds no notebook; name one .ipynb file at least.</source>
        <translation>{path} ist zweimal angegeben und enthält kein Notebook; mindestens eine .ipynb-Datei angeben.</translation>
    </message>
    <message>
        <source>{path} cannot be opened ({reason}); check its path.</source>
        <translation>{path} kann nicht geöffnet werden ({reason}); den Pfad prüfen.</translation>
    </message>
    <message>
        <source>{path} is a folder and holds {count} notebooks; name one .ipynb file to open.</source>
        <translation>{path} ist ein Ordner und enthält {count} Notebooks; eine .ipynb-Datei zum Öffnen angeben.</translation>
    </message>
    <message>
        <source>{path} is a folder and holds no notebook; name one .ipynb file to open.</source>
        <translation>{path} ist ein Ordner und enthält kein Notebook; eine .ipynb-Datei zum Öffnen angeben.</translation>
    </message>
    <message>
        <source>The checks find a new crash: {what}.</source>
        <translation>Die Prüfungen finden einen neuen Absturz: {what}.</translation>
    </message>
    <message>
        <source>{name} has no cells with text, so there is nothing to change; write a cell first.</source>
        <translation>{name} hat keine Zellen mit Text, also gibt es nichts zu ändern; zuerst eine Zelle schreiben.</translation>
    </message>
    <message>
        <source>No cell was chosen; choose one, or ask for the whole notebook.</source>
        <translation>Keine Zelle gewählt; eine wählen oder für das ganze Notebook fragen.</translation>
    </message>
    <message>
        <source>{name} has {count} cells; choose a cell from 1 to {count}.</source>
        <translation>{name} hat {count} Zellen; eine Zelle von 1 bis {count} wählen.</translation>
    </message>
    <message>
        <source>The checks no longer find the crash.</source>
        <translation>Die Prüfungen finden den Absturz nicht mehr.</translation>
    </message>
    <message>
        <source>It ran in {run}.</source>
        <translation>Läuft, bestätigt durch {run}.</translation>
    </message>
    <message>
        <source>It failed in {run}.</source>
        <translation>Scheitert, gezeigt durch {run}.</translation>
    </message>
    <message>
        <source>The checks find fewer crashes.</source>
        <translation>Die Prüfungen finden weniger Abstürze.</translation>
    </message>
    <message>
        <source>kept for the task</source>
        <translation>für die Aufgabe aufbewahrt</translation>
    </message>
    <message>
        <source>read {path}</source>
        <translation>{path} gelesen</translation>
    </message>
    <message>
        <source>opened {path}</source>
        <translation>{path} geöffnet</translation>
    </message>
    <message>
        <source>there is no {path} to open</source>
        <translation>{path} zum Öffnen nicht vorhanden</translation>
    </message>
    <message>
        <source>a file without a name</source>
        <translation>eine Datei ohne Namen</translation>
    </message>
    <message>
        <source>Rename “{old}” to “{new}”</source>
        <translation>„{old}“ in „{new}“ umbenennen</translation>
    </message>
    <message>
        <source>Set {name} to {value}</source>
        <translation>{name} auf {value} setzen</translation>
    </message>
    <message>
        <source>Wrap into the function “{name}”</source>
        <translation>In die Funktion „{name}“ fassen</translation>
    </message>
    <message>
        <source>Collect imports</source>
        <translation>Importe sammeln</translation>
    </message>
    <message>
        <source>The imports stand together already, or moving them would change what runs; leave them.</source>
        <translation>Die Importe stehen schon beisammen, oder ihr Verschieben würde ändern, was läuft; sie so lassen.</translation>
    </message>
    <message>
        <source>The notebook is in {language}; these edits are for Python.</source>
        <translation>Das Notebook ist in {language} geschrieben; diese Änderungen gibt es nur für Python.</translation>
    </message>
    <message>
        <source>{folder} is not a folder; check its path.</source>
        <translation>{folder} ist kein Ordner; den Pfad prüfen.</translation>
    </message>
    <message>
        <source>{folder} is in no git repository; choose a folder of one.</source>
        <translation>{folder} liegt in keinem git-Repository; einen Ordner in einem wählen.</translation>
    </message>
    <message>
        <source>{root} is a bare repository without files; name two revisions, as in main...feature.</source>
        <translation>{root} ist ein Bare-Repository ohne Dateien; zwei Revisionen angeben, wie in main...feature.</translation>
    </message>
    <message>
        <source>{path} is not in a git repository; name two files to compare instead.</source>
        <translation>{path} liegt in keinem git-Repository; stattdessen zwei Dateien zum Vergleichen angeben.</translation>
    </message>
    <message>
        <source>{folder} cannot be opened ({reason}); check its path.</source>
        <translation>{folder} kann nicht geöffnet werden ({reason}); den Pfad prüfen.</translation>
    </message>
    <message>
        <source>{folder} is in no git repository, so “{spec}” names nothing there; open a folder of one.</source>
        <translation>{folder} liegt in keinem git-Repository, also bezeichnet „{spec}“ dort nichts; einen Ordner in einem öffnen.</translation>
    </message>
    <message>
        <source>{name} is not under review any more; open it again.</source>
        <translation>{name} ist nicht mehr im Review; es erneut öffnen.</translation>
    </message>
    <message>
        <source>{path} is in no git repository, so “{revisions}” names nothing of it; leave it out.</source>
        <translation>{path} liegt in keinem git-Repository, also bezeichnet „{revisions}“ nichts davon; die Angabe weglassen.</translation>
    </message>
    <message>
        <source>{name} ends in neither .html nor .md; give the file one of these endings.</source>
        <translation>{name} endet weder auf .html noch auf .md; der Datei eine dieser Endungen geben.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); name another file.</source>
        <translation>{path} kann nicht geschrieben werden ({reason}); eine andere Datei angeben.</translation>
    </message>
    <message>
        <source>They run as you, with all that you may do: files, network, other programs. Nothing is held back.</source>
        <translation>Sie laufen mit allen Rechten des eigenen Benutzerkontos: Dateien, Netzwerk, andere Programme. Nichts wird zurückgehalten.</translation>
    </message>
    <message>
        <source>{count} cells run; the kernel is at cell {number}.</source>
        <translation>{count} Zellen ausgeführt; der Kernel ist bei Zelle {number}.</translation>
    </message>
    <message>
        <source>Cell {number} is not what the kernel has run there; restart the kernel, then run to here.</source>
        <translation>Zelle {number} ist nicht, was der Kernel dort ausgeführt hat; den Kernel neu starten, dann bis hierher ausführen.</translation>
    </message>
    <message>
        <source>Nothing is left to run: the kernel has run all cells up to here.</source>
        <translation>Nichts mehr auszuführen: Der Kernel hat alle Zellen bis hierher ausgeführt.</translation>
    </message>
    <message>
        <source>Runs the code cell {number}; stops at the first error.</source>
        <translation>Führt die Codezelle {number} aus; hält beim ersten Fehler an.</translation>
    </message>
    <message>
        <source>Runs {count} code cells, from cell {first} to cell {last} in the notebook&apos;s order; stops at the first error.</source>
        <translation>Führt {count} Codezellen aus, von Zelle {first} bis Zelle {last} in der Reihenfolge des Notebooks; hält beim ersten Fehler an.</translation>
    </message>
    <message>
        <source>{count} before that have run already and are not run again.</source>
        <translation>{count} davor sind schon gelaufen und werden nicht noch einmal ausgeführt.</translation>
    </message>
    <message>
        <source>Left out: {count} tagged {tag}.</source>
        <translation>Ausgelassen: {count} mit dem Tag {tag}.</translation>
    </message>
    <message>
        <source>Shell commands or installations are in cell {numbers}.</source>
        <translation>Shell-Befehle oder Installationen enthält Zelle {numbers}.</translation>
    </message>
    <message>
        <source>Cell {number} failed: {error}</source>
        <translation>Zelle {number} ist gescheitert: {error}</translation>
    </message>
    <message>
        <source>Nothing was left to run; the kernel is at cell {number}.</source>
        <translation>Es war nichts mehr auszuführen; der Kernel ist bei Zelle {number}.</translation>
    </message>
    <message>
        <source>1 cell run; the kernel is at cell {number}.</source>
        <translation>1 Zelle ausgeführt; der Kernel ist bei Zelle {number}.</translation>
    </message>
    <message>
        <source>{folder} is not empty; name a new folder for the sample repository.</source>
        <translation>{folder} ist nicht leer; einen neuen Ordner für das Beispiel-Repository angeben.</translation>
    </message>
    <message>
        <source>{folder} cannot be made ({reason}); name a folder that you may write to.</source>
        <translation>{folder} kann nicht angelegt werden ({reason}); einen beschreibbaren Ordner angeben.</translation>
    </message>
    <message>
        <source>{name} is shown as it was, not as it is; choose the working tree as the head.</source>
        <translation>{name} wird gezeigt, wie es war, nicht wie es ist; das Arbeitsverzeichnis als Head wählen.</translation>
    </message>
    <message>
        <source>That change of {path} is staged already; choose one that is not.</source>
        <translation>Diese Änderung von {path} ist schon vorgemerkt; eine wählen, die es nicht ist.</translation>
    </message>
    <message>
        <source>That change of {path} is not staged; choose one that is.</source>
        <translation>Diese Änderung von {path} ist nicht vorgemerkt; eine wählen, die es ist.</translation>
    </message>
    <message>
        <source>Nothing of {path} is staged; choose what to stage first.</source>
        <translation>Von {path} ist nichts vorgemerkt; zuerst wählen, was vorzumerken ist.</translation>
    </message>
    <message>
        <source>{name} is not there in the base; delete the file to take it back.</source>
        <translation>{name} gibt es in der Basis nicht; zum Zurücknehmen die Datei löschen.</translation>
    </message>
    <message>
        <source>{name} has nothing to revert there; choose a change.</source>
        <translation>In {name} gibt es dort nichts zurückzusetzen; eine Änderung wählen.</translation>
    </message>
    <message>
        <source>{path} is not in a git repository with a working tree; there is nothing to stage to.</source>
        <translation>{path} liegt in keinem git-Repository mit Arbeitsverzeichnis; Vormerken ist dort nicht möglich.</translation>
    </message>
    <message>
        <source>{name} is in a merge conflict; resolve it with “nbreview merge” or by hand, and open it again.</source>
        <translation>{name} ist in einem Merge-Konflikt; ihn mit „nbreview merge“ oder von Hand auflösen und das Notebook erneut öffnen.</translation>
    </message>
    <message>
        <source>{name} has changed since it was compared; compare again, then retry.</source>
        <translation>{name} hat sich seit dem Vergleich geändert; neu vergleichen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{revision} has changed since it was compared; compare again, then retry.</source>
        <translation>{revision} hat sich seit dem Vergleich geändert; neu vergleichen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>{name} has changed since; it was left as it is. Compare again, then retry.</source>
        <translation>{name} hat sich seither geändert und blieb, wie es ist. Neu vergleichen, dann erneut versuchen.</translation>
    </message>
    <message>
        <source>A part of a cell is staged from what is not staged yet; compare the working tree of {path} with the staged version, or stage the whole cell.</source>
        <translation>Ein Teil einer Zelle wird aus dem vorgemerkt, was es noch nicht ist; das Arbeitsverzeichnis von {path} mit der vorgemerkten Fassung vergleichen oder die ganze Zelle vormerken.</translation>
    </message>
    <message>
        <source>A part of a cell is unstaged from what is staged; compare the staged version of {path} with HEAD, or unstage the whole cell.</source>
        <translation>Die Vormerkung eines Teils einer Zelle wird am Vorgemerkten aufgehoben; die vorgemerkte Fassung von {path} mit HEAD vergleichen oder die Vormerkung der ganzen Zelle aufheben.</translation>
    </message>
    <message>
        <source>That cell is not part of this comparison; compare the two versions again.</source>
        <translation>Diese Zelle gehört nicht zu diesem Vergleich; die beiden Fassungen neu vergleichen.</translation>
    </message>
    <message>
        <source>What is staged of {path} was changed or committed since; it was left as it is. Undo again takes back what was done before.</source>
        <translation>Das Vorgemerkte von {path} wurde seither geändert oder committet und blieb, wie es ist. Ein weiteres Rückgängig nimmt zurück, was davor getan wurde.</translation>
    </message>
    <message>
        <source>That cell of {name} has changed since; change it back by hand, as undoing would lose that edit.</source>
        <translation>Diese Zelle von {name} hat sich seither geändert; sie von Hand zurückändern, denn Rückgängig würde jene Änderung verlieren.</translation>
    </message>
    <message>
        <source>This has been taken back already; undo again takes back what was done before it.</source>
        <translation>Das ist schon zurückgenommen; ein weiteres Rückgängig nimmt zurück, was davor getan wurde.</translation>
    </message>
    <message>
        <source>No cell holds an error output; run the notebook and save it, or say in words what to change.</source>
        <translation>Keine Zelle enthält eine Fehlerausgabe; das Notebook ausführen und speichern oder in Worten sagen, was zu ändern ist.</translation>
    </message>
    <message>
        <source>{name} is in no git repository; say in words what to change.</source>
        <translation>{name} liegt in keinem git-Repository; in Worten sagen, was zu ändern ist.</translation>
    </message>
    <message>
        <source>The commit {revision} has no message; say in words what to change.</source>
        <translation>Der Commit {revision} hat keine Beschreibung; in Worten sagen, was zu ändern ist.</translation>
    </message>
    <message>
        <source>Cell {number} does not hold an error output; run the notebook and save it, or say in words what to change.</source>
        <translation>Zelle {number} enthält keine Fehlerausgabe; das Notebook ausführen und speichern oder in Worten sagen, was zu ändern ist.</translation>
    </message>
    <message>
        <source>There is no commit “{revision}” in {root}; “git log” there lists those that exist.</source>
        <translation>Es gibt keinen Commit „{revision}“ in {root}; „git log“ listet dort die vorhandenen auf.</translation>
    </message>
    <message>
        <source>The store is damaged (text {key} is not what was written); look at it with `nbreview store verify` or go back to a backup of it.</source>
        <translation>Der Datenspeicher ist beschädigt (Text {key} ist nicht, was geschrieben wurde); mit `nbreview store verify` ansehen oder zu einer Sicherung zurückkehren.</translation>
    </message>
    <message>
        <source>or choose another file with --store or NBREVIEW_STORE</source>
        <translation>oder mit --store oder NBREVIEW_STORE eine andere Datei wählen</translation>
    </message>
    <message>
        <source>The disk that holds {path} is full and nothing was stored; free some space.</source>
        <translation>Der Datenträger mit {path} ist voll, und nichts wurde gespeichert; Platz schaffen.</translation>
    </message>
    <message>
        <source>{path} cannot be written; make the file and its folder writable, {elsewhere}.</source>
        <translation>{path} ist nicht beschreibbar; die Datei und ihren Ordner beschreibbar machen {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} is not a SQLite database; move it away, {elsewhere}.</source>
        <translation>{path} ist keine SQLite-Datenbank; die Datei wegräumen {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} is damaged; close the program and open it again, and what can be read of it is recovered.</source>
        <translation>{path} ist beschädigt; das Programm schließen und erneut öffnen, dann wird wiederhergestellt, was sich davon lesen lässt.</translation>
    </message>
    <message>
        <source>{path} is in use by another program and nothing was stored; end it or try again.</source>
        <translation>{path} wird von einem anderen Programm benutzt, und nichts wurde gespeichert; dieses beenden oder noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{path} could not be read or written ({reason}); check the disk and try again, {elsewhere}.</source>
        <translation>{path} konnte nicht gelesen oder geschrieben werden ({reason}); den Datenträger prüfen und noch einmal versuchen {elsewhere}.</translation>
    </message>
    <message>
        <source>This Python has SQLite {version}, the store needs 3.37; use a newer Python.</source>
        <translation>Dieses Python hat SQLite {version}, der Datenspeicher braucht 3.37; ein neueres Python verwenden.</translation>
    </message>
    <message>
        <source>{path} is a database of another program; leave it alone, {elsewhere}.</source>
        <translation>{path} ist die Datenbank eines anderen Programms; sie in Ruhe lassen {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} was written by a newer nbreview (format {version}, this one knows {known}); install that version or a later one, {elsewhere}.</source>
        <translation>{path} wurde von einem neueren nbreview geschrieben (Format {version}, dieses kennt {known}); jene Version oder eine spätere installieren {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} exists already; name a file that does not.</source>
        <translation>{path} gibt es schon; eine Datei nennen, die es noch nicht gibt.</translation>
    </message>
    <message>
        <source>{path} was damaged again; check the disk, {elsewhere}.</source>
        <translation>{path} wurde erneut beschädigt; den Datenträger prüfen {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} is of an older version and its folder cannot be written to upgrade it; copy it to another folder and name that with --store.</source>
        <translation>{path} ist von einer älteren Version, und zum Aktualisieren ist der Ordner nicht beschreibbar; die Datei in einen anderen Ordner kopieren und sie dort mit --store nennen.</translation>
    </message>
    <message>
        <source>{path} is damaged and its folder cannot be written to recover it; copy it to another folder and name that with --store.</source>
        <translation>{path} ist beschädigt, und zum Wiederherstellen ist der Ordner nicht beschreibbar; die Datei in einen anderen Ordner kopieren und sie dort mit --store nennen.</translation>
    </message>
    <message>
        <source>{path} is a folder and cannot be the store; name a file.</source>
        <translation>{path} ist ein Ordner und kann nicht der Datenspeicher sein; eine Datei nennen.</translation>
    </message>
    <message>
        <source>{path} is a device and cannot be the store; name a file.</source>
        <translation>{path} ist ein Gerät und kann nicht der Datenspeicher sein; eine Datei nennen.</translation>
    </message>
    <message>
        <source>{path} cannot be opened ({reason}); make it accessible, {elsewhere}.</source>
        <translation>{path} lässt sich nicht öffnen ({reason}); zugänglich machen {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); choose another folder.</source>
        <translation>{path} ist nicht beschreibbar ({reason}); einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>There is no store at {path} yet; review a notebook first, {elsewhere}.</source>
        <translation>Unter {path} gibt es noch keinen Datenspeicher; zuerst ein Notebook durchsehen {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} is a file and holds no store; name a file in a folder.</source>
        <translation>{path} ist eine Datei und enthält keinen Datenspeicher; eine Datei in einem Ordner nennen.</translation>
    </message>
    <message>
        <source>{path} is damaged and shows no trace of a store; put a backup in its place, {elsewhere}.</source>
        <translation>{path} ist beschädigt und zeigt keine Spur eines Datenspeichers; eine Sicherung an die Stelle setzen {elsewhere}.</translation>
    </message>
    <message>
        <source>{path} is damaged and in use by another program; end that program and open it again: what can be read of it is then recovered.</source>
        <translation>{path} ist beschädigt und wird von einem anderen Programm benutzt; dieses Programm beenden und die Datei erneut öffnen: Dann wird wiederhergestellt, was sich davon lesen lässt.</translation>
    </message>
    <message>
        <source>{path} is missing, and with it perhaps what was decided last; if you have the file, end the program and put it back.</source>
        <translation>{path} fehlt, und damit vielleicht, was zuletzt entschieden wurde; wenn die Datei noch da ist, das Programm beenden und sie zurücklegen.</translation>
    </message>
    <message>
        <source>{count} decision</source>
        <translation>{count} Entscheidung</translation>
    </message>
    <message>
        <source>{count} suggestion</source>
        <translation>{count} Vorschlag</translation>
    </message>
    <message>
        <source>{count} suggestions</source>
        <translation>{count} Vorschläge</translation>
    </message>
    <message>
        <source>{count} comment</source>
        <translation>{count} Kommentar</translation>
    </message>
    <message>
        <source>{count} comments</source>
        <translation>{count} Kommentare</translation>
    </message>
    <message>
        <source>{count} act on comments</source>
        <translation>{count} Handlung an Kommentaren</translation>
    </message>
    <message>
        <source>{count} acts on comments</source>
        <translation>{count} Handlungen an Kommentaren</translation>
    </message>
    <message>
        <source>{count} finding</source>
        <translation>{count} Befund</translation>
    </message>
    <message>
        <source>{count} findings</source>
        <translation>{count} Befunde</translation>
    </message>
    <message>
        <source>{count} outcome of findings</source>
        <translation>{count} Ausgang von Befunden</translation>
    </message>
    <message>
        <source>{count} outcomes of findings</source>
        <translation>{count} Ausgänge von Befunden</translation>
    </message>
    <message>
        <source>{count} review</source>
        <translation>{count} Review</translation>
    </message>
    <message>
        <source>{count} reviews</source>
        <translation>{count} Reviews</translation>
    </message>
    <message>
        <source>{count} snapshot</source>
        <translation>{count} Momentaufnahme</translation>
    </message>
    <message>
        <source>{count} snapshots</source>
        <translation>{count} Momentaufnahmen</translation>
    </message>
    <message>
        <source>{count} act that could be undone</source>
        <translation>{count} Handlung, die sich rückgängig machen ließe</translation>
    </message>
    <message>
        <source>{count} acts that could be undone</source>
        <translation>{count} Handlungen, die sich rückgängig machen ließen</translation>
    </message>
    <message>
        <source>{count} step of a draft</source>
        <translation>{count} Schritt eines Entwurfs</translation>
    </message>
    <message>
        <source>{count} steps of drafts</source>
        <translation>{count} Schritte von Entwürfen</translation>
    </message>
    <message>
        <source>{path} was damaged: {kept} recovered, {lost}; the damaged file is kept as {aside}, and `nbreview store merge` brings back what a backup still has.</source>
        <translation>{path} war beschädigt: {kept} wiederhergestellt, {lost}; die beschädigte Datei bleibt als {aside} erhalten, und `nbreview store merge` holt zurück, was eine Sicherung noch enthält.</translation>
    </message>
    <message>
        <source>{path} is damaged and what is left of it could not be written ({reason}); free some space or make its folder writable, and open it again.</source>
        <translation>{path} ist beschädigt, und was davon übrig ist, konnte nicht geschrieben werden ({reason}); Platz schaffen oder den Ordner beschreibbar machen und erneut öffnen.</translation>
    </message>
    <message>
        <source>none of them was lost</source>
        <translation>nichts davon verloren</translation>
    </message>
    <message>
        <source>{what} lost</source>
        <translation>{what} verloren</translation>
    </message>
    <message>
        <source>at most {what} lost</source>
        <translation>höchstens {what} verloren</translation>
    </message>
    <message>
        <source>{some}, {one}</source>
        <translation>{some}, {one}</translation>
    </message>
    <message>
        <source>{path} is damaged and cannot be mended where it is ({reason}); make its folder writable, or end the other program that is using it, and open it again.</source>
        <translation>{path} ist beschädigt und lässt sich an seinem Ort nicht wiederherstellen ({reason}); den Ordner beschreibbar machen oder das andere Programm beenden, das die Datei benutzt, und erneut öffnen.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>suggestion</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>Momentaufnahme</translation>
    </message>
    <message>
        <source>{id} ({kind})</source>
        <translation>{id} ({kind})</translation>
    </message>
    <message>
        <source>Several ids start with “{start}”: {ids}; give more of the one that is meant.</source>
        <translation>Mehrere IDs beginnen mit „{start}“: {ids}; mehr von der gemeinten angeben.</translation>
    </message>
    <message>
        <source>“{text}” has no word to search for; give one, such as read_csv, or the start of one: read*.</source>
        <translation>„{text}“ enthält kein Wort, nach dem sich suchen ließe; eines angeben, etwa read_csv, oder den Anfang eines Worts: read*.</translation>
    </message>
    <message>
        <source>Nothing in the store has the id “{id}”; `nbreview store search` shows ids of what it finds.</source>
        <translation>Nichts im Datenspeicher hat die ID „{id}“; `nbreview store search` zeigt die IDs dessen, was gefunden wird.</translation>
    </message>
    <message>
        <source>“{text}” is no time; give a date such as 2026-03-01, or an age such as 36h, 30d or 6w.</source>
        <translation>„{text}“ ist keine Zeitangabe; ein Datum wie 2026-03-01 angeben oder ein Alter wie 36h, 30d oder 6w.</translation>
    </message>
    <message>
        <source>The copy was not whole ({problem}) and was taken away; run `nbreview store verify`.</source>
        <translation>Die Kopie war nicht vollständig ({problem}) und wurde entfernt; `nbreview store verify` ausführen.</translation>
    </message>
    <message>
        <source>There is no store at {path}; name the file to merge.</source>
        <translation>Unter {path} gibt es keinen Datenspeicher; die Datei nennen, die zusammengeführt werden soll.</translation>
    </message>
    <message>
        <source>{path} is this store itself; name another one to merge.</source>
        <translation>{path} ist dieser Datenspeicher selbst; zum Zusammenführen einen anderen nennen.</translation>
    </message>
    <message>
        <source>There is nothing of {name} in {path}; search it for what is meant.</source>
        <translation>In {path} gibt es nichts von {name}; dort nach dem Gemeinten suchen.</translation>
    </message>
    <message>
        <source>“{id}” is a {kind}; name a decision or its suggestion.</source>
        <translation>„{id}“ ist keine Entscheidung ({kind}); eine Entscheidung oder deren Vorschlag nennen.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); make it readable.</source>
        <translation>{path} ist nicht lesbar ({reason}); die Datei lesbar machen.</translation>
    </message>
    <message>
        <source>Row {row} of {table} refers to a row of {parent} that is not there.</source>
        <translation>Zeile {row} von {table} verweist auf eine Zeile von {parent}, die es nicht gibt.</translation>
    </message>
    <message>
        <source>Text {key} is not what was written.</source>
        <translation>Text {key} ist nicht, was geschrieben wurde.</translation>
    </message>
    <message>
        <source>{count} suggestions are not in the search index.</source>
        <translation>{count} Vorschläge stehen nicht im Suchindex.</translation>
    </message>
    <message>
        <source>The search index is not in step with what it stands for.</source>
        <translation>Der Suchindex stimmt nicht mit dem überein, wofür er steht.</translation>
    </message>
    <message>
        <source>exact duplicate</source>
        <translation>genaues Duplikat</translation>
    </message>
    <message>
        <source>near duplicate</source>
        <translation>Beinahe-Duplikat</translation>
    </message>
    <message>
        <source>near duplicate of a row in another split</source>
        <translation>Beinahe-Duplikat einer Zeile in einem anderen Teil</translation>
    </message>
    <message>
        <source>{path} is neither a file nor a folder; name a file such as {name}{suffix}.</source>
        <translation>{path} ist weder Datei noch Ordner; eine Datei angeben, etwa {name}{suffix}.</translation>
    </message>
    <message>
        <source>There is no folder {folder}; make it first, or name a file in another one.</source>
        <translation>Es gibt keinen Ordner {folder}; ihn zuerst anlegen oder eine Datei in einem anderen angeben.</translation>
    </message>
    <message>
        <source>a notebook</source>
        <translation>ein Notebook</translation>
    </message>
    <message>
        <source>the store itself</source>
        <translation>der Datenspeicher selbst</translation>
    </message>
    <message>
        <source>{path} is {kind} and is not written over; name a file such as {name}{suffix}.</source>
        <translation>{path} ist {kind} und wird nicht überschrieben; eine Datei angeben, etwa {name}{suffix}.</translation>
    </message>
    <message>
        <source>not asked for</source>
        <translation>nicht verlangt</translation>
    </message>
    <message>
        <source>“{state}” is no state of an example; choose one of: {states}.</source>
        <translation>„{state}“ ist kein Zustand eines Beispiels; eines davon wählen: {states}.</translation>
    </message>
    <message>
        <source>There is no export format “{name}”; choose one of: {formats}.</source>
        <translation>Es gibt kein Exportformat „{name}“; eines davon wählen: {formats}.</translation>
    </message>
    <message>
        <source>chat messages (JSON Lines)</source>
        <translation>Chatnachrichten (JSON Lines)</translation>
    </message>
    <message>
        <source>prompt and completion (JSON Lines)</source>
        <translation>Prompt und Fortsetzung (JSON Lines)</translation>
    </message>
    <message>
        <source>preference pairs (JSON Lines)</source>
        <translation>Präferenzpaare (JSON Lines)</translation>
    </message>
    <message>
        <source>nothing was rejected in its favour</source>
        <translation>nichts wurde zu seinen Gunsten abgelehnt</translation>
    </message>
    <message>
        <source>Alpaca (JSON Lines)</source>
        <translation>Alpaca (JSON Lines)</translation>
    </message>
    <message>
        <source>no instruction or no output</source>
        <translation>keine Anweisung oder keine Ausgabe</translation>
    </message>
    <message>
        <source>edits by cell (JSON Lines)</source>
        <translation>Änderungen nach Zelle (JSON Lines)</translation>
    </message>
    <message>
        <source>no message</source>
        <translation>keine Beschreibung</translation>
    </message>
    <message>
        <source>edits by notebook (JSON Lines)</source>
        <translation>Änderungen nach Notebook (JSON Lines)</translation>
    </message>
    <message>
        <source>no message, or the whole notebook is not known</source>
        <translation>keine Beschreibung, oder das ganze Notebook ist nicht bekannt</translation>
    </message>
    <message>
        <source>edits by cell, template of arXiv 2501.09745 (JSON Lines)</source>
        <translation>Änderungen nach Zelle, Vorlage von arXiv 2501.09745 (JSON Lines)</translation>
    </message>
    <message>
        <source>no message, or no code cell</source>
        <translation>keine Beschreibung oder keine Codezelle</translation>
    </message>
    <message>
        <source>edits by notebook, template of arXiv 2501.09745 (JSON Lines)</source>
        <translation>Änderungen nach Notebook, Vorlage von arXiv 2501.09745 (JSON Lines)</translation>
    </message>
    <message>
        <source>fill in the middle (JSON Lines)</source>
        <translation>Füllen der Mitte (JSON Lines)</translation>
    </message>
    <message>
        <source>no line put in</source>
        <translation>keine Zeile eingefügt</translation>
    </message>
    <message>
        <source>chat messages and their parts (Parquet)</source>
        <translation>Chatnachrichten und ihre Teile (Parquet)</translation>
    </message>
    <message>
        <source>a new or removed cell, which this format cannot say</source>
        <translation>eine neue oder entfernte Zelle, die dieses Format nicht ausdrücken kann</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>nichts geändert</translation>
    </message>
    <message>
        <source>longer than {count} tokens</source>
        <translation>länger als {count} Token</translation>
    </message>
    <message>
        <source>A length in tokens needs a model&apos;s vocabulary; name the model&apos;s file as well.</source>
        <translation>Eine Länge in Token braucht das Vokabular eines Modells; auch die Datei des Modells angeben.</translation>
    </message>
    <message>
        <source>No row has {tokens} tokens or fewer; name a length of 1 or more.</source>
        <translation>Keine Zeile hat {tokens} Token oder weniger; eine Länge von mindestens 1 angeben.</translation>
    </message>
    <message>
        <source>not Unicode text</source>
        <translation>kein Unicode-Text</translation>
    </message>
    <message>
        <source>Parquet needs pyarrow, which is not installed; install it with: pip install &apos;nbreview[parquet]&apos;.</source>
        <translation>Parquet braucht pyarrow, das nicht installiert ist; installieren mit: pip install &apos;nbreview[parquet]&apos;.</translation>
    </message>
    <message>
        <source>“{text}” is no division into splits; write the shares of train, validation, test as 80/10/10.</source>
        <translation>„{text}“ ist keine Aufteilung; die Anteile von train, validation, test schreiben wie 80/10/10.</translation>
    </message>
    <message>
        <source>The splits {text} sum to {total}; write shares that sum to 100, such as 80/10/10.</source>
        <translation>Die Teile {text} ergeben zusammen {total}; Anteile schreiben, die zusammen 100 ergeben, etwa 80/10/10.</translation>
    </message>
    <message>
        <source>“{word}” cannot be kept together; choose one of: {choices}.</source>
        <translation>„{word}“ kann nicht zusammengehalten werden; eines davon wählen: {choices}.</translation>
    </message>
    <message>
        <source>given back to the base since</source>
        <translation>seither auf die Basis zurückgesetzt</translation>
    </message>
    <message>
        <source>put back by a later acceptance</source>
        <translation>durch eine spätere Annahme zurückgesetzt</translation>
    </message>
    <message>
        <source>No accepted suggestion is in {path} yet, so nothing was written; accept one first.</source>
        <translation>In {path} ist noch kein angenommener Vorschlag, daher wurde nichts geschrieben; zuerst einen annehmen.</translation>
    </message>
    <message>
        <source>Nothing in {path} can be exported ({reasons}); accept a suggestion that changes a cell.</source>
        <translation>Nichts in {path} lässt sich exportieren ({reasons}); einen Vorschlag annehmen, der eine Zelle ändert.</translation>
    </message>
    <message>
        <source>{reason}: {count}</source>
        <translation>{reason}: {count}</translation>
    </message>
    <message>
        <source>{path} holds the edits to export and is not written over; name another file.</source>
        <translation>{path} enthält die zu exportierenden Änderungen und wird nicht überschrieben; eine andere Datei angeben.</translation>
    </message>
    <message>
        <source>{path} is no folder; splits are several files, so name a folder for them.</source>
        <translation>{path} ist kein Ordner; die Teile sind mehrere Dateien, daher einen Ordner für sie angeben.</translation>
    </message>
    <message>
        <source>There is no folder {folder}; make it first, or name a folder in another one.</source>
        <translation>Es gibt keinen Ordner {folder}; ihn zuerst anlegen oder einen Ordner in einem anderen angeben.</translation>
    </message>
    <message>
        <source>Nothing in {names} can be exported ({reasons}).</source>
        <translation>Nichts in {names} lässt sich exportieren ({reasons}).</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); choose another place for the export.</source>
        <translation>{path} kann nicht geschrieben werden ({reason}); einen anderen Ort für den Export wählen.</translation>
    </message>
    <message>
        <source>{path} is no name for {format}; name a file such as {example}{suffix}.</source>
        <translation>{path} ist kein Name für {format}; eine Datei angeben, etwa {example}{suffix}.</translation>
    </message>
    <message>
        <source>Nothing in {names} can be exported.</source>
        <translation>Nichts in {names} lässt sich exportieren.</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{size} a second</source>
        <translation>{size} pro Sekunde</translation>
    </message>
    <message>
        <source>Models to download</source>
        <translation>Modelle zum Herunterladen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Bedarf</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Another file of the hub</source>
        <translation>Andere Datei des Hubs</translation>
    </message>
    <message>
        <source>or another file: OWNER/REPOSITORY/FILE.gguf</source>
        <translation>oder eine andere Datei: BESITZER/REPOSITORY/DATEI.gguf</translation>
    </message>
    <message>
        <source>&amp;Download</source>
        <translation>&amp;Herunterladen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Goes to the Hugging Face cache, where other programs find it too. Sizes are about; what it takes is memory at the context of the settings. A download that was stopped goes on where it ended.</source>
        <translation>Landet im Cache von Hugging Face, wo auch andere Programme es finden. Größen sind ungefähr; der Bedarf ist der Speicher beim Kontext der Einstellungen. Ein gestoppter Download macht dort weiter, wo er endete.</translation>
    </message>
    <message>
        <source>asking the hub</source>
        <translation>Hub wird gefragt</translation>
    </message>
    <message>
        <source>{name} is here and checked.</source>
        <translation>{name} ist da und geprüft.</translation>
    </message>
    <message>
        <source>Stopped. What was fetched is kept; Go on continues from there.</source>
        <translation>Angehalten. Was geholt wurde, bleibt; „Weiter“ setzt dort fort.</translation>
    </message>
    <message>
        <source>&amp;Show it</source>
        <translation>An&amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>is here</source>
        <translation>ist da</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>fits, {where}</source>
        <translation>passt, {where}</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>noch {seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
    <message>
        <source>{hours} h left</source>
        <translation>noch {hours} h</translation>
    </message>
    <message>
        <source>Models on a server</source>
        <translation>Modelle auf einem Server</translation>
    </message>
    <message>
        <source>Notebooks</source>
        <translation>Notebooks</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>wie das System</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>light</source>
        <translation>hell</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>Colours of a change</source>
        <translation>Farben einer Änderung</translation>
    </message>
    <message>
        <source>Blue and orange can be told apart by colour-blind readers; signs say the same without colour.</source>
        <translation>Blau und Orange sind auch bei Farbenblindheit zu unterscheiden; Zeichen sagen dasselbe ohne Farbe.</translation>
    </message>
    <message>
        <source>blue and orange</source>
        <translation>Blau und Orange</translation>
    </message>
    <message>
        <source>green and red</source>
        <translation>Grün und Rot</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Text at 7:1 and firm outlines; follows the system where it asks.</source>
        <translation>Text mit Kontrast 7:1 und kräftige Umrisse; folgt dem System, wo es das verlangt.</translation>
    </message>
    <message>
        <source>Typeface of prose</source>
        <translation>Schriftart für Fließtext</translation>
    </message>
    <message>
        <source>Typeface of code</source>
        <translation>Schriftart für Code</translation>
    </message>
    <message>
        <source>Size of code</source>
        <translation>Schriftgröße für Code</translation>
    </message>
    <message>
        <source>points</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Size of all text</source>
        <translation>Größe aller Texte</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Unchanged lines shown around a change</source>
        <translation>Unveränderte Zeilen um eine Änderung</translation>
    </message>
    <message>
        <source>Likeness above which two cells are one, edited</source>
        <translation>Ähnlichkeit, ab der zwei Zellen als eine bearbeitete gelten</translation>
    </message>
    <message>
        <source>Parts of a notebook that are not compared</source>
        <translation>Teile eines Notebooks, die nicht verglichen werden</translation>
    </message>
    <message>
        <source>White space is compared</source>
        <translation>Leerraum vergleichen</translation>
    </message>
    <message>
        <source>Relative difference up to which two numbers of a table are equal</source>
        <translation>Relative Abweichung, bis zu der zwei Zahlen einer Tabelle als gleich gelten</translation>
    </message>
    <message>
        <source>A column for each commit, a mark for each cell.</source>
        <translation>Eine Spalte je Commit, eine Marke je Zelle.</translation>
    </message>
    <message>
        <source>Reopen what was open</source>
        <translation>Zuletzt Geöffnetes wieder öffnen</translation>
    </message>
    <message>
        <source>When nothing else is asked for.</source>
        <translation>Sofern nichts anderes verlangt wird.</translation>
    </message>
    <message>
        <source>Pictures that differ are shown</source>
        <translation>Anzeige unterschiedlicher Bilder</translation>
    </message>
    <message>
        <source>The bar under a picture shows that one in another way.</source>
        <translation>Die Leiste unter einem Bild zeigt dieses auf andere Weise.</translation>
    </message>
    <message>
        <source>side by side</source>
        <translation>nebeneinander</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>Wischen</translation>
    </message>
    <message>
        <source>swipe</source>
        <translation>zum Wischen</translation>
    </message>
    <message>
        <source>Onion skin</source>
        <translation>Zwiebelhaut</translation>
    </message>
    <message>
        <source>onion skin</source>
        <translation>als Zwiebelhaut</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>als Unterschied</translation>
    </message>
    <message>
        <source>Picture: {words}. Enter opens its window.</source>
        <translation>Bild: {words}. Enter öffnet sein Fenster.</translation>
    </message>
    <message>
        <source>Picture, {mode}: {words}. Alt+1 to Alt+4 choose how it is shown, left and right move the divider, Enter opens its window.</source>
        <translation>Bild, {mode}: {words}. Alt+1 bis Alt+4 wählen die Anzeige, links und rechts verschieben die Trennlinie, Enter öffnet sein Fenster.</translation>
    </message>
    <message>
        <source>{format} (first frame)</source>
        <translation>{format} (erstes Einzelbild)</translation>
    </message>
    <message>
        <source>divider at {percent} %</source>
        <translation>Trennlinie bei {percent} %</translation>
    </message>
    <message>
        <source>head at {percent} %</source>
        <translation>Head zu {percent} %</translation>
    </message>
    <message>
        <source>being compared …</source>
        <translation>wird verglichen …</translation>
    </message>
    <message>
        <source>to be swiped</source>
        <translation>zum Wischen</translation>
    </message>
    <message>
        <source>one over the other</source>
        <translation>übereinander</translation>
    </message>
    <message>
        <source>as what differs</source>
        <translation>als Unterschied</translation>
    </message>
    <message>
        <source>Rows of a table shown before it folds</source>
        <translation>Gezeigte Zeilen einer Tabelle, bevor sie einklappt</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Largest notebook opened</source>
        <translation>Größtes Notebook, das geöffnet wird</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Model file (GGUF)</source>
        <translation>Modelldatei (GGUF)</translation>
    </message>
    <message>
        <source>Folders searched for models</source>
        <translation>Ordner, in denen Modelle gesucht werden</translation>
    </message>
    <message>
        <source>all {total} layers</source>
        <translation>alle {total} Schichten</translation>
    </message>
    <message>
        <source>{layers} of {total} layers</source>
        <translation>{layers} von {total} Schichten</translation>
    </message>
    <message>
        <source>{tokens} tokens</source>
        <translation>{tokens} Token</translation>
    </message>
    <message>
        <source>KV {kind}</source>
        <translation>KV {kind}</translation>
    </message>
    <message>
        <source>{prompt} tokens a second of a prompt, {reply} of a reply.</source>
        <translation>{prompt} Token je Sekunde beim Prompt, {reply} bei der Antwort.</translation>
    </message>
    <message>
        <source>as llama.cpp chooses</source>
        <translation>wie llama.cpp es wählt</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Chosen: {threads} threads, batch {batch}, KV cache {kv}, flash attention {attention}, guessing ahead {lookup}.</source>
        <translation>Gewählt: {threads} Threads, Batch {batch}, KV-Cache {kv}, Flash Attention {attention}, Vorausraten {lookup}.</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> Token</translation>
    </message>
    <message>
        <source>KV cache</source>
        <translation>KV-Cache</translation>
    </message>
    <message>
        <source>as measured, else f16</source>
        <translation>wie gemessen, sonst f16</translation>
    </message>
    <message>
        <source>q8_0, half of it</source>
        <translation>q8_0, die Hälfte davon</translation>
    </message>
    <message>
        <source>q4_0, a quarter</source>
        <translation>q4_0, ein Viertel</translation>
    </message>
    <message>
        <source>Layers on the GPU</source>
        <translation>Schichten auf der GPU</translation>
    </message>
    <message>
        <source>all that fit</source>
        <translation>alle, die passen</translation>
    </message>
    <message>
        <source>none, run on the processor</source>
        <translation>keine, auf dem Prozessor rechnen</translation>
    </message>
    <message>
        <source>a number of layers</source>
        <translation>eine Anzahl Schichten</translation>
    </message>
    <message>
        <source>Number of layers on the GPU</source>
        <translation>Anzahl der Schichten auf der GPU</translation>
    </message>
    <message>
        <source>C&amp;ontext:</source>
        <translation>K&amp;ontext:</translation>
    </message>
    <message>
        <source>&amp;KV cache:</source>
        <translation>&amp;KV-Cache:</translation>
    </message>
    <message>
        <source>La&amp;yers on the GPU:</source>
        <translation>Sch&amp;ichten auf der GPU:</translation>
    </message>
    <message>
        <source>What would fit instead:</source>
        <translation>Was stattdessen passen würde:</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>&amp;Test speed</source>
        <translation>Geschwindigkeit &amp;testen</translation>
    </message>
    <message>
        <source>Load all the &amp;same</source>
        <translation>Trot&amp;zdem laden</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>&amp;Nicht jetzt</translation>
    </message>
    <message>
        <source>Line for a terminal</source>
        <translation>Zeile für ein Terminal</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>Ko&amp;pieren</translation>
    </message>
    <message>
        <source>{reason}. Paste this into a terminal:</source>
        <translation>{reason}. Dies in ein Terminal einfügen:</translation>
    </message>
    <message>
        <source>{title}: takes {size}</source>
        <translation>{title}: braucht {size}</translation>
    </message>
    <message>
        <source>{total}; that is more than is free</source>
        <translation>{total}; das ist mehr, als frei ist</translation>
    </message>
    <message>
        <source>Its speed on this machine has not been tested. A test takes about half a minute and keeps the fastest settings.</source>
        <translation>Die Geschwindigkeit auf diesem Rechner ist noch nicht getestet. Ein Test dauert etwa eine halbe Minute und behält die schnellsten Einstellungen.</translation>
    </message>
    <message>
        <source>auto: all that fit; none; or a number.</source>
        <translation>auto: alle, die passen; none: keine; oder eine Zahl.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>0: what was measured to be best, or one a core.</source>
        <translation>0: was sich beim Messen als das Beste erwies, sonst einer je Kern.</translation>
    </message>
    <message>
        <source>the file does not say</source>
        <translation>die Datei sagt es nicht</translation>
    </message>
    <message>
        <source>in the file</source>
        <translation>in der Datei</translation>
    </message>
    <message>
        <source>none in the file: the one of its architecture is used, else ChatML</source>
        <translation>keine in der Datei: die ihrer Architektur wird verwendet, sonst ChatML</translation>
    </message>
    <message>
        <source>, in {parts} files</source>
        <translation>, in {parts} Dateien</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>Quantisierung</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>up to {tokens} tokens</source>
        <translation>bis zu {tokens} Token</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chatvorlage</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Speicherort</translation>
    </message>
    <message>
        <source>Found in</source>
        <translation>Gefunden in</translation>
    </message>
    <message>
        <source>It makes embeddings and writes no text.</source>
        <translation>Es erzeugt Embeddings und schreibt keinen Text.</translation>
    </message>
    <message>
        <source>It is the eye of another model and writes no text.</source>
        <translation>Es ist das Auge eines anderen Modells und schreibt keinen Text.</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>What the model keeps of the context. The coarser, the less memory, and the less exact.</source>
        <translation>Was das Modell vom Kontext behält. Je gröber, desto weniger Speicher und desto ungenauer.</translation>
    </message>
    <message>
        <source>f16</source>
        <translation>f16</translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>0: always the likeliest token.</source>
        <translation>0: immer das wahrscheinlichste Token.</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>For an edit so many are drawn; the best is shown first, the others stay behind it.</source>
        <translation>So viele werden für eine Änderung erzeugt; die beste wird zuerst gezeigt, die anderen bleiben dahinter.</translation>
    </message>
    <message>
        <source>Accepted edits shown as examples</source>
        <translation>Angenommene Änderungen, die als Beispiele gezeigt werden</translation>
    </message>
    <message>
        <source>Those that resemble what is asked for; a server is shown those of this repository only.</source>
        <translation>Solche, die dem Gewünschten ähneln; einem Server werden nur die dieses Repositorys gezeigt.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Asked instead of a model file; any server that speaks OpenAI&apos;s protocol.</source>
        <translation>Wird statt einer Modelldatei gefragt; jeder Server, der das OpenAI-Protokoll spricht.</translation>
    </message>
    <message>
        <source>Name of the model there</source>
        <translation>Name des Modells dort</translation>
    </message>
    <message>
        <source>Servers that notebook content may be sent to</source>
        <translation>Server, an die Notebook-Inhalte gesendet werden dürfen</translation>
    </message>
    <message>
        <source>nbreview ended by itself the last time. No decision is lost; look at the report.</source>
        <translation>nbreview hat sich beim letzten Mal von selbst beendet. Keine Entscheidung ist verloren; Näheres steht im Bericht.</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>what you just did</source>
        <translation>dem, was gerade getan wurde</translation>
    </message>
    <message>
        <source>No model is chosen. Rules still find and fix what they can; a model proposes edits and weighs crashes.</source>
        <translation>Kein Modell gewählt. Regeln finden und beheben weiterhin, was sie können; ein Modell schlägt Änderungen vor und schätzt Abstürze ein.</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>Modell wählen…</translation>
    </message>
    <message>
        <source>About which cells</source>
        <translation>Um welche Zellen es geht</translation>
    </message>
    <message>
        <source>This cell</source>
        <translation>Diese Zelle</translation>
    </message>
    <message>
        <source>Chosen cells</source>
        <translation>Gewählte Zellen</translation>
    </message>
    <message>
        <source>Whole notebook</source>
        <translation>Ganzes Notebook</translation>
    </message>
    <message>
        <source>What is wanted</source>
        <translation>Was gewünscht ist</translation>
    </message>
    <message>
        <source>Do what I say</source>
        <translation>Anweisung ausführen</translation>
    </message>
    <message>
        <source>Just improve</source>
        <translation>Einfach verbessern</translation>
    </message>
    <message>
        <source>Mend a finding</source>
        <translation>Befund beheben</translation>
    </message>
    <message>
        <source>Mend the saved error</source>
        <translation>Gespeicherten Fehler beheben</translation>
    </message>
    <message>
        <source>Do what a commit says</source>
        <translation>Tun, was ein Commit sagt</translation>
    </message>
    <message>
        <source>Answers: </source>
        <translation>Antworten: </translation>
    </message>
    <message>
        <source>Answers to choose from</source>
        <translation>Antworten zur Auswahl</translation>
    </message>
    <message>
        <source>So many answers are drawn; the best is shown first, the others behind it</source>
        <translation>So viele Antworten werden erzeugt; die beste wird zuerst gezeigt, die anderen dahinter</translation>
    </message>
    <message>
        <source>Read the repository first</source>
        <translation>Zuerst das Repository lesen</translation>
    </message>
    <message>
        <source>The model looks through READMEs and opens the files that they lead to, then writes</source>
        <translation>Das Modell sieht READMEs durch und öffnet die Dateien, zu denen sie führen; dann schreibt es</translation>
    </message>
    <message>
        <source>Numbers of the chosen cells</source>
        <translation>Nummern der gewählten Zellen</translation>
    </message>
    <message>
        <source>Cell numbers, such as 3-5, 8</source>
        <translation>Zellnummern, etwa 3-5, 8</translation>
    </message>
    <message>
        <source>What to change</source>
        <translation>Was zu ändern ist</translation>
    </message>
    <message>
        <source>Propose edit</source>
        <translation>Änderung vorschlagen</translation>
    </message>
    <message>
        <source>Ask the model for an edit (Ctrl+K, then Enter)</source>
        <translation>Das Modell um eine Änderung bitten (Ctrl+K, dann Enter)</translation>
    </message>
    <message>
        <source>Will it crash?</source>
        <translation>Stürzt sie ab?</translation>
    </message>
    <message>
        <source>Will this cell crash? (Ctrl+Shift+K)</source>
        <translation>Wird diese Zelle abstürzen? (Ctrl+Shift+K)</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Other cells, other wishes, several answers (Ctrl+K)</source>
        <translation>Andere Zellen, andere Wünsche, mehrere Antworten (Ctrl+K)</translation>
    </message>
    <message>
        <source>the chosen cells</source>
        <translation>die gewählten Zellen</translation>
    </message>
    <message>
        <source>the whole notebook</source>
        <translation>das ganze Notebook</translation>
    </message>
    <message>
        <source>Ask for an edit of {cells}…</source>
        <translation>Gewünschte Änderung für {cells}…</translation>
    </message>
    <message>
        <source>Choose a cell, then ask for an edit of it</source>
        <translation>Eine Zelle wählen, dann um eine Änderung an ihr bitten</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Commit or finding</source>
        <translation>Commit oder Befund</translation>
    </message>
    <message>
        <source>No commit has touched this notebook</source>
        <translation>Kein Commit hat dieses Notebook berührt</translation>
    </message>
    <message>
        <source>Nothing was found; F9 looks at all cells</source>
        <translation>Nichts gefunden; F9 prüft alle Zellen</translation>
    </message>
    <message>
        <source>What can be chosen</source>
        <translation>Was gewählt werden kann</translation>
    </message>
    <message>
        <source>What will run, and with what access</source>
        <translation>Was ausgeführt wird und mit welchem Zugriff</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>No suggestions yet. Ctrl+K asks the model for an edit of the current cell; findings with a known fix appear here by themselves.</source>
        <translation>Noch keine Vorschläge. Ctrl+K bittet das Modell um eine Änderung der aktuellen Zelle; Befunde mit bekannter Lösung erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>No findings. What the rules know is listed here when a notebook is opened; Ctrl+Shift+K asks whether the current cell will crash, F9 looks at all cells. An empty list does not say that the notebook runs.</source>
        <translation>Keine Befunde. Was die Regeln wissen, steht hier, sobald ein Notebook geöffnet ist; Ctrl+Shift+K fragt, ob die aktuelle Zelle abstürzen wird, F9 prüft alle Zellen. Eine leere Liste heißt nicht, dass das Notebook läuft.</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>Assistent</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>Variablen</translation>
    </message>
    <message>
        <source>Comments</source>
        <translation>Kommentare</translation>
    </message>
    <message>
        <source>{waiting} more card waits below these.</source>
        <translation>{waiting} weitere Karte wartet unter diesen.</translation>
    </message>
    <message>
        <source>{waiting} more cards wait below these.</source>
        <translation>{waiting} weitere Karten warten unter diesen.</translation>
    </message>
    <message>
        <source>Suggestions ({count})</source>
        <translation>Vorschläge ({count})</translation>
    </message>
    <message>
        <source>Findings ({count})</source>
        <translation>Befunde ({count})</translation>
    </message>
    <message>
        <source>Counting changed cells</source>
        <translation>Geänderte Zellen zählen</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Keeping</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>The rejection is taken back; its card waits among the suggestions.</source>
        <translation>Die Ablehnung ist rückgängig gemacht; die Karte wartet wieder unter den Vorschlägen.</translation>
    </message>
    <message>
        <source>Reading what was decided</source>
        <translation>Entscheidungen lesen</translation>
    </message>
    <message>
        <source>Nothing is decided yet; accept or reject a card first.</source>
        <translation>Noch nichts entschieden; zuerst eine Karte annehmen oder ablehnen.</translation>
    </message>
    <message>
        <source>No notebook is open; open one first.</source>
        <translation>Kein Notebook offen; zuerst eines öffnen.</translation>
    </message>
    <message>
        <source>Reading the commit</source>
        <translation>Commit lesen</translation>
    </message>
    <message>
        <source>Choose a cell of the head first: click it, or press n.</source>
        <translation>Zuerst eine Zelle des Heads wählen: anklicken oder n drücken.</translation>
    </message>
    <message>
        <source>Dismissed: {message}</source>
        <translation>Verworfen: {message}</translation>
    </message>
    <message>
        <source>Show it again</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>Nothing is dismissed; Delete dismisses a finding of the list.</source>
        <translation>Nichts verworfen; Delete verwirft einen Befund der Liste.</translation>
    </message>
    <message>
        <source>This cell has no finding; F8 goes to the next one that has.</source>
        <translation>Diese Zelle hat keinen Befund; F8 geht zur nächsten, die einen hat.</translation>
    </message>
    <message>
        <source>Cell {number}: {message}</source>
        <translation>Zelle {number}: {message}</translation>
    </message>
    <message>
        <source>The cell has changed since this was made, so it cannot be applied. Make it again for the cell as it is.</source>
        <translation>Die Zelle hat sich geändert, seit dies erstellt wurde; deshalb kann es nicht angewendet werden. Für die Zelle, wie sie jetzt ist, neu erstellen.</translation>
    </message>
    <message>
        <source>What the model was shown</source>
        <translation>Was dem Modell gezeigt wurde</translation>
    </message>
    <message>
        <source>What the model wrote</source>
        <translation>Was das Modell geschrieben hat</translation>
    </message>
    <message>
        <source>Accept ✓</source>
        <translation>Annehmen ✓</translation>
    </message>
    <message>
        <source>Edit ✎</source>
        <translation>Bearbeiten ✎</translation>
    </message>
    <message>
        <source>Reject ✗</source>
        <translation>Ablehnen ✗</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>Neu erstellen</translation>
    </message>
    <message>
        <source>Write this change into the notebook (Ctrl+Enter); Ctrl+Z takes it back</source>
        <translation>Diese Änderung ins Notebook schreiben (Ctrl+Enter); Ctrl+Z nimmt sie zurück</translation>
    </message>
    <message>
        <source>Change the proposal, then accept it (Ctrl+Shift+E)</source>
        <translation>Den Vorschlag ändern, dann annehmen (Ctrl+Shift+E)</translation>
    </message>
    <message>
        <source>Leave the proposal as it was made (Esc)</source>
        <translation>Den Vorschlag lassen, wie er erstellt wurde (Esc)</translation>
    </message>
    <message>
        <source>Put this aside; the notebook stays as it is (Ctrl+Backspace)</source>
        <translation>Beiseitelegen; das Notebook bleibt, wie es ist (Ctrl+Backspace)</translation>
    </message>
    <message>
        <source>Ask again, for the cell as it is now (Ctrl+Shift+M)</source>
        <translation>Noch einmal fragen, für die Zelle, wie sie jetzt ist (Ctrl+Shift+M)</translation>
    </message>
    <message>
        <source>Reason to reject (optional)</source>
        <translation>Grund der Ablehnung (freiwillig)</translation>
    </message>
    <message>
        <source>Reason for rejecting, optional</source>
        <translation>Grund der Ablehnung, freiwillig</translation>
    </message>
    <message>
        <source>Made by {maker}</source>
        <translation>Erstellt von {maker}</translation>
    </message>
    <message>
        <source>Shown · {tokens} tokens</source>
        <translation>Gezeigt · {tokens} Token</translation>
    </message>
    <message>
        <source>Accept edited ✓</source>
        <translation>Bearbeitet annehmen ✓</translation>
    </message>
    <message>
        <source>The cell that this was to follow has changed since, so it cannot be inserted. Make it again for the notebook as it is.</source>
        <translation>Die Zelle, auf die diese folgen sollte, hat sich seither geändert; deshalb kann sie nicht eingefügt werden. Für das Notebook, wie es jetzt ist, neu erstellen.</translation>
    </message>
    <message>
        <source>The cell has changed since this was made, so it is not removed. Make it again for the notebook as it is.</source>
        <translation>Die Zelle hat sich geändert, seit dies erstellt wurde; deshalb wird sie nicht entfernt. Für das Notebook, wie es jetzt ist, neu erstellen.</translation>
    </message>
    <message>
        <source>Cells of this answer</source>
        <translation>Zellen dieser Antwort</translation>
    </message>
    <message>
        <source>Write all of these changes in one step (Ctrl+Alt+Enter); one Ctrl+Z takes them back</source>
        <translation>Alle diese Änderungen in einem Schritt schreiben (Ctrl+Alt+Enter); ein Ctrl+Z nimmt sie zurück</translation>
    </message>
    <message>
        <source>Reject all ✗</source>
        <translation>Alle ablehnen ✗</translation>
    </message>
    <message>
        <source>Put all of these aside; the notebook stays as it is</source>
        <translation>Alle beiseitelegen; das Notebook bleibt, wie es ist</translation>
    </message>
    <message>
        <source>One answer for %n cells; decide on each, or on all at once.</source>
        <translation>Eine Antwort für %n Zellen; über jede einzeln oder über alle zugleich entscheiden.</translation>
    </message>
    <message>
        <source>Accept all %n ✓</source>
        <translation>Alle %n annehmen ✓</translation>
    </message>
    <message>
        <source>Accept the %n that fit ✓</source>
        <translation>Die %n passenden annehmen ✓</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>Previous choice</source>
        <translation>Vorherige Wahl</translation>
    </message>
    <message>
        <source>Next choice</source>
        <translation>Nächste Wahl</translation>
    </message>
    <message>
        <source>Choice {number} of {count}</source>
        <translation>Wahl {number} von {count}</translation>
    </message>
    <message>
        <source>{text}; one of them will do</source>
        <translation>{text}; eine davon genügt</translation>
    </message>
    <message>
        <source>{text} is shown</source>
        <translation>{text} wird gezeigt</translation>
    </message>
    <message>
        <source>Previous hunk (Alt+PgUp)</source>
        <translation>Voriger Abschnitt (Alt+PgUp)</translation>
    </message>
    <message>
        <source>Next hunk (Alt+PgDown)</source>
        <translation>Nächster Abschnitt (Alt+PgDown)</translation>
    </message>
    <message>
        <source>Accept hunk ✓</source>
        <translation>Abschnitt annehmen ✓</translation>
    </message>
    <message>
        <source>Write only the marked lines into the notebook (Ctrl+Shift+Enter); the rest waits</source>
        <translation>Nur die markierten Zeilen ins Notebook schreiben (Ctrl+Shift+Enter); der Rest wartet</translation>
    </message>
    <message>
        <source>Reject hunk ✗</source>
        <translation>Abschnitt ablehnen ✗</translation>
    </message>
    <message>
        <source>Leave the marked lines as they are (Ctrl+Shift+Backspace)</source>
        <translation>Die markierten Zeilen lassen, wie sie sind (Ctrl+Shift+Backspace)</translation>
    </message>
    <message>
        <source>The last of {before} hunks</source>
        <translation>Der letzte von {before} Abschnitten</translation>
    </message>
    <message>
        <source>{count} of {before} hunks left; this is number {number}</source>
        <translation>Noch {count} von {before} Abschnitten; dies ist Nummer {number}</translation>
    </message>
    <message>
        <source>Hunk {number} of {count}</source>
        <translation>Abschnitt {number} von {count}</translation>
    </message>
    <message>
        <source>left out for length, {kind}: {names}</source>
        <translation>wegen der Länge ausgelassen, {kind}: {names}</translation>
    </message>
    <message>
        <source>all that was chosen, of {budget} tokens that fitted</source>
        <translation>alles Gewählte, von {budget} Token, die Platz hatten</translation>
    </message>
    <message>
        <source>all that was chosen</source>
        <translation>alles Gewählte</translation>
    </message>
    <message>
        <source>certain</source>
        <translation>sicher</translation>
    </message>
    <message>
        <source>observed</source>
        <translation>beobachtet</translation>
    </message>
    <message>
        <source>likely</source>
        <translation>wahrscheinlich</translation>
    </message>
    <message>
        <source>no verdict</source>
        <translation>kein Urteil</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>likely {percent} %</source>
        <translation>zu {percent} % wahrscheinlich</translation>
    </message>
    <message>
        <source>Suggestion for {title}: {reason}</source>
        <translation>Vorschlag für {title}: {reason}</translation>
    </message>
    <message>
        <source>{number} of {count}: {reason}</source>
        <translation>{number} von {count}: {reason}</translation>
    </message>
    <message>
        <source>What can be done with this cell</source>
        <translation>Was mit dieser Zelle getan werden kann</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>No cell is at hand; open a notebook and choose a cell.</source>
        <translation>Keine Zelle aktiv; ein Notebook öffnen und eine Zelle wählen.</translation>
    </message>
    <message>
        <source>The cell that you were editing is no longer shown; what you typed was not saved.</source>
        <translation>Die bearbeitete Zelle wird nicht mehr gezeigt; der eingegebene Text wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Copy what I typed</source>
        <translation>Eingegebenen Text kopieren</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>History of a cell</source>
        <translation>Verlauf einer Zelle</translation>
    </message>
    <message>
        <source>Version of the cell</source>
        <translation>Fassung der Zelle</translation>
    </message>
    <message>
        <source>Older version</source>
        <translation>Ältere Fassung</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>Neuere Fassung</translation>
    </message>
    <message>
        <source>What this version changed</source>
        <translation>Was diese Fassung geändert hat</translation>
    </message>
    <message>
        <source>&amp;Change</source>
        <translation>Än&amp;derung</translation>
    </message>
    <message>
        <source>&amp;Who wrote each line</source>
        <translation>&amp;Wer welche Zeile schrieb</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Show this commit</source>
        <translation>Diesen Commit zeigen</translation>
    </message>
    <message>
        <source>Shows all that this commit changed, at this cell</source>
        <translation>Zeigt an dieser Zelle alles, was dieser Commit geändert hat</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Who wrote each line</source>
        <translation>Wer welche Zeile schrieb</translation>
    </message>
    <message>
        <source>History of {cell}</source>
        <translation>Verlauf von {cell}</translation>
    </message>
    <message>
        <source>Looking through the commits …</source>
        <translation>Commits werden durchgesehen …</translation>
    </message>
    <message>
        <source>Looking through the commits: {looked} so far, {versions} of them changed the cell</source>
        <translation>Commits werden durchgesehen: bisher {looked}, {versions} davon änderten die Zelle</translation>
    </message>
    <message>
        <source>Versions: {versions}. Revisions of the notebook compared: {looked}.</source>
        <translation>Fassungen: {versions}. Verglichene Revisionen des Notebooks: {looked}.</translation>
    </message>
    <message>
        <source>What came before is not known: {problem}</source>
        <translation>Was davor war, ist nicht bekannt: {problem}</translation>
    </message>
    <message>
        <source>Stopped: there may be older versions. Press Ctrl+H again to go on.</source>
        <translation>Angehalten: Es kann ältere Fassungen geben. Erneut Ctrl+H drücken, um fortzufahren.</translation>
    </message>
    <message>
        <source>Stopped before a version was found. Press Ctrl+H again in the review.</source>
        <translation>Angehalten, bevor eine Fassung gefunden wurde. Im Review erneut Ctrl+H drücken.</translation>
    </message>
    <message>
        <source>Show in the review</source>
        <translation>Im Review zeigen</translation>
    </message>
    <message>
        <source>Version {number} of {count}</source>
        <translation>Fassung {number} von {count}</translation>
    </message>
    <message>
        <source>Version {number} from the newest; {count} found so far</source>
        <translation>Fassung {number}, von der neuesten an gezählt; bisher {count} gefunden</translation>
    </message>
    <message>
        <source>not committed yet</source>
        <translation>noch in keinem Commit</translation>
    </message>
    <message>
        <source>Proposed source, to be edited</source>
        <translation>Vorgeschlagener Quelltext, zum Bearbeiten</translation>
    </message>
    <message>
        <source>Reading comments</source>
        <translation>Kommentare lesen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Comment on {place}</source>
        <translation>Kommentar zu {place}</translation>
    </message>
    <message>
        <source>The comment is taken back.</source>
        <translation>Der Kommentar ist zurückgenommen.</translation>
    </message>
    <message>
        <source>Keeping the comment</source>
        <translation>Kommentar speichern</translation>
    </message>
    <message>
        <source>The cell that you were commenting on is not shown any more; your draft is kept.</source>
        <translation>Die kommentierte Zelle wird nicht mehr gezeigt; der Entwurf bleibt erhalten.</translation>
    </message>
    <message>
        <source>Keeping a draft</source>
        <translation>Entwurf speichern</translation>
    </message>
    <message>
        <source>The cell is on neither side of this comparison; choose an older revision as the base.</source>
        <translation>Die Zelle ist auf keiner Seite dieses Vergleichs; eine ältere Revision als Basis wählen.</translation>
    </message>
    <message>
        <source>No thread is at hand; choose one in the Comments tab, or go to one: Alt+C.</source>
        <translation>Kein Thread aktiv; einen im Reiter „Kommentare“ wählen oder zu einem gehen: Alt+C.</translation>
    </message>
    <message>
        <source>There is no such comment to go to; c comments on the current cell, Ctrl+7 lists them.</source>
        <translation>Es gibt keinen solchen Kommentar; c kommentiert die aktuelle Zelle, Ctrl+7 listet alle auf.</translation>
    </message>
    <message>
        <source>Keeping the answer</source>
        <translation>Antwort speichern</translation>
    </message>
    <message>
        <source>The answer is taken back.</source>
        <translation>Die Antwort ist zurückgenommen.</translation>
    </message>
    <message>
        <source>Keeping the edit</source>
        <translation>Bearbeitung speichern</translation>
    </message>
    <message>
        <source>The comment reads as before.</source>
        <translation>Der Kommentar lautet wie zuvor.</translation>
    </message>
    <message>
        <source>Resolving the thread</source>
        <translation>Thread erledigen</translation>
    </message>
    <message>
        <source>Opening the thread again</source>
        <translation>Thread wieder öffnen</translation>
    </message>
    <message>
        <source>The thread is open again.</source>
        <translation>Der Thread ist wieder offen.</translation>
    </message>
    <message>
        <source>The thread is resolved again.</source>
        <translation>Der Thread ist wieder erledigt.</translation>
    </message>
    <message>
        <source>The comment is there again.</source>
        <translation>Der Kommentar ist wieder da.</translation>
    </message>
    <message>
        <source>The comment was deleted.</source>
        <translation>Der Kommentar wurde gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>The comment was deleted with %n answer(s).</source>
        <translation>
            <numerusform>Der Kommentar wurde mit %n Antwort gelöscht.</numerusform>
            <numerusform>Der Kommentar wurde mit %n Antworten gelöscht.</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleting the comment</source>
        <translation>Kommentar löschen</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves, Esc keeps a draft</source>
        <translation>Ctrl+Enter speichert, Esc behält einen Entwurf</translation>
    </message>
    <message>
        <source>Keep this comment in the store (Ctrl+Enter)</source>
        <translation>Diesen Kommentar speichern (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Put the box away; what you typed stays as a draft (Esc)</source>
        <translation>Das Feld schließen; der eingegebene Text bleibt als Entwurf (Esc)</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves, Esc keeps a draft, Alt+↑ and Alt+↓ choose the line</source>
        <translation>Ctrl+Enter speichert, Esc behält einen Entwurf, Alt+↑ und Alt+↓ wählen die Zeile</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>the comment of {author}</source>
        <translation>Kommentar von {author}</translation>
    </message>
    <message>
        <source>Edit {what}</source>
        <translation>{what} bearbeiten</translation>
    </message>
    <message>
        <source>Delete {what}</source>
        <translation>{what} löschen</translation>
    </message>
    <message>
        <source>Takes the comment away; it can be restored right after</source>
        <translation>Entfernt den Kommentar; er kann gleich danach wiederhergestellt werden</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>erledigt</translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n Kommentar</numerusform>
            <numerusform>%n Kommentare</numerusform>
        </translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation>Erledigen</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Nothing is to be done about it any more (Shift+C)</source>
        <translation>Hier ist nichts mehr zu tun (Shift+C)</translation>
    </message>
    <message>
        <source>Something is to be done about it after all (Shift+C)</source>
        <translation>Hier ist doch noch etwas zu tun (Shift+C)</translation>
    </message>
    <message>
        <source>Edit the comment</source>
        <translation>Kommentar bearbeiten</translation>
    </message>
    <message>
        <source>Was on a cell that is gone</source>
        <translation>War an einer Zelle, die weg ist</translation>
    </message>
    <message>
        <source>Was on line {line} of a cell that is gone</source>
        <translation>War an Zeile {line} einer Zelle, die weg ist</translation>
    </message>
    <message>
        <source>The line is gone; this is what it said.</source>
        <translation>Die Zeile ist weg; das stand darin.</translation>
    </message>
    <message>
        <source>The cell was edited since.</source>
        <translation>Die Zelle wurde seitdem bearbeitet.</translation>
    </message>
    <message>
        <source>The line was edited since.</source>
        <translation>Die Zeile wurde seitdem bearbeitet.</translation>
    </message>
    <message>
        <source>Cell {cell}</source>
        <translation>Zelle {cell}</translation>
    </message>
    <message>
        <source>Cell {cell}, line {line}</source>
        <translation>Zelle {cell}, Zeile {line}</translation>
    </message>
    <message>
        <source>{place} of the base</source>
        <translation>{place} der Basis</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Threads that are not resolved</source>
        <translation>Threads, die nicht erledigt sind</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Threads that are resolved</source>
        <translation>Threads, die erledigt sind</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All threads</source>
        <translation>Alle Threads</translation>
    </message>
    <message numerus="yes">
        <source>%n more thread(s) below these.</source>
        <translation>
            <numerusform>%n weiterer Thread unter diesen.</numerusform>
            <numerusform>%n weitere Threads unter diesen.</numerusform>
        </translation>
    </message>
    <message>
        <source>No comments yet. Press c to comment on the current cell, or click a line first to comment on that line; comments are kept in the store and go along when the cell moves or is edited.</source>
        <translation>Noch keine Kommentare. Mit c die aktuelle Zelle kommentieren oder zuerst eine Zeile anklicken, um diese zu kommentieren; Kommentare werden im Datenspeicher aufbewahrt und wandern mit, wenn die Zelle verschoben oder bearbeitet wird.</translation>
    </message>
    <message>
        <source>Nothing is open: all threads are resolved. Choose Resolved to read them.</source>
        <translation>Nichts ist offen: Alle Threads sind erledigt. Zum Lesen „Erledigt“ wählen.</translation>
    </message>
    <message>
        <source>No thread is resolved yet. Shift+C resolves the thread at hand.</source>
        <translation>Noch ist kein Thread erledigt. Shift+C erledigt den aktuellen Thread.</translation>
    </message>
    <message>
        <source>Name one notebook or folder, two notebooks to compare, or BASE..HEAD and one of these.</source>
        <translation>Ein Notebook oder einen Ordner angeben, zwei Notebooks zum Vergleichen oder BASE..HEAD und eines davon.</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>Öffnen von {name}</translation>
    </message>
    <message>
        <source>Comparing {base} with {head}</source>
        <translation>{base} wird mit {head} verglichen</translation>
    </message>
    <message>
        <source>Comparing {name}</source>
        <translation>{name} wird verglichen</translation>
    </message>
    <message>
        <source>Reading again</source>
        <translation>Erneutes Lesen</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Looking at the libraries</source>
        <translation>Durchsicht der Bibliotheken</translation>
    </message>
    <message>
        <source>Its cell is gone; reject the card or choose another cell.</source>
        <translation>Die Zelle dazu ist weg; die Karte ablehnen oder eine andere Zelle wählen.</translation>
    </message>
    <message>
        <source>Exporting to {name}</source>
        <translation>Export nach {name}</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Entschieden</translation>
    </message>
    <message>
        <source>Undo the newest</source>
        <translation>Neueste rückgängig machen</translation>
    </message>
    <message>
        <source>Takes back what was written into the notebook last (Ctrl+Z)</source>
        <translation>Nimmt zurück, was zuletzt ins Notebook geschrieben wurde (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Takes this rejection back: the card waits again</source>
        <translation>Nimmt diese Ablehnung zurück: Die Karte wartet wieder</translation>
    </message>
    <message>
        <source>{what}, {cell}, {when}: {why}</source>
        <translation>{what}, {cell}, {when}: {why}</translation>
    </message>
    <message>
        <source>Decided ({count})</source>
        <translation>Entschieden ({count})</translation>
    </message>
    <message>
        <source>Differences of the notebook</source>
        <translation>Unterschiede des Notebooks</translation>
    </message>
    <message>
        <source>working tree</source>
        <translation>Arbeitsverzeichnis</translation>
    </message>
    <message>
        <source>staged</source>
        <translation>vorgemerkt</translation>
    </message>
    <message>
        <source>Base: {base}. Head: {head}.</source>
        <translation>Basis: {base}. Head: {head}.</translation>
    </message>
    <message>
        <source>base: {base}
head: {head}</source>
        <translation>Basis: {base}
Head: {head}</translation>
    </message>
    <message>
        <source>base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Head</translation>
    </message>
    <message>
        <source>Editing {title}</source>
        <translation>{title} bearbeiten</translation>
    </message>
    <message>
        <source>Source of {title}</source>
        <translation>Quelltext von {title}</translation>
    </message>
    <message>
        <source>Ctrl+Enter saves, Escape cancels</source>
        <translation>Ctrl+Enter speichert, Escape bricht ab</translation>
    </message>
    <message>
        <source>Write this cell into the file; every other byte stays (Ctrl+Enter)</source>
        <translation>Diese Zelle in die Datei schreiben; jedes andere Byte bleibt (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Leave the cell as it is (Esc)</source>
        <translation>Die Zelle lassen, wie sie ist (Esc)</translation>
    </message>
    <message>
        <source>Capitals count</source>
        <translation>Groß-/Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>Whole words only</source>
        <translation>Nur ganze Wörter</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Ausg</translation>
    </message>
    <message>
        <source>Look into outputs, too</source>
        <translation>Auch in Ausgaben suchen</translation>
    </message>
    <message>
        <source>Find in the diff</source>
        <translation>Im Diff suchen</translation>
    </message>
    <message>
        <source>Previous find</source>
        <translation>Vorheriger Treffer</translation>
    </message>
    <message>
        <source>Next find</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Close the find bar</source>
        <translation>Suchleiste schließen</translation>
    </message>
    <message>
        <source>{number:,} of {total:,}</source>
        <translation>{number:,} von {total:,}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>12, [7] or an id</source>
        <translation>12, [7] oder eine ID</translation>
    </message>
    <message>
        <source>Go to cell</source>
        <translation>Gehe zu Zelle</translation>
    </message>
    <message>
        <source>Number, execution count or id of a cell</source>
        <translation>Nummer, Ausführungszähler oder ID einer Zelle</translation>
    </message>
    <message>
        <source>Overview of changes</source>
        <translation>Übersicht der Änderungen</translation>
    </message>
    <message>
        <source>Changes, findings, comments and finds; a click scrolls there.</source>
        <translation>Änderungen, Befunde, Kommentare und Suchtreffer; ein Klick springt dorthin.</translation>
    </message>
    <message>
        <source>{n} more lines: choose Edit to see all of them</source>
        <translation>weitere Zeilen: {n}; „Bearbeiten“ zeigt alle</translation>
    </message>
    <message>
        <source>Proposed change</source>
        <translation>Vorgeschlagene Änderung</translation>
    </message>
    <message>
        <source>{name} was changed by another program. Read it again to see how it is now; comments, ticks and cards stay.</source>
        <translation>{name} wurde von einem anderen Programm geändert. Erneut lesen, um den jetzigen Stand zu sehen; Kommentare, Häkchen und Karten bleiben.</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Erneut lesen</translation>
    </message>
    <message>
        <source>Looking at the file</source>
        <translation>Durchsicht der Datei</translation>
    </message>
    <message>
        <source>A draft needs a model: choose one that is here.</source>
        <translation>Ein Entwurf braucht ein Modell: eines wählen, das hier vorhanden ist.</translation>
    </message>
    <message>
        <source>Add a folder of data</source>
        <translation>Ordner mit Daten hinzufügen</translation>
    </message>
    <message>
        <source>Add data files</source>
        <translation>Datendateien hinzufügen</translation>
    </message>
    <message>
        <source>Reading data</source>
        <translation>Lesen der Daten</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>Lesen von {name}</translation>
    </message>
    <message>
        <source>The notebook that the cells go into</source>
        <translation>Das Notebook, in das die Zellen kommen</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>liest</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>schreibt</translation>
    </message>
    <message>
        <source>Drafting</source>
        <translation>Entwerfen</translation>
    </message>
    <message>
        <source>Keeping an edit</source>
        <translation>Übernehmen einer Änderung</translation>
    </message>
    <message>
        <source>Looking for earlier drafts</source>
        <translation>Suche nach früheren Entwürfen</translation>
    </message>
    <message>
        <source>Reopening a draft</source>
        <translation>Wiederöffnen eines Entwurfs</translation>
    </message>
    <message>
        <source>Colouring cells</source>
        <translation>Einfärben der Zellen</translation>
    </message>
    <message numerus="yes">
        <source>%n cells wait in {name}; accept them in the review.</source>
        <translation>
            <numerusform>%n Zelle wartet in {name}; im Review annehmen.</numerusform>
            <numerusform>%n Zellen warten in {name}; im Review annehmen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The cells are kept; show {name} with its file as head to decide on them.</source>
        <translation>Die Zellen bleiben erhalten; zum Entscheiden {name} mit der zugehörigen Datei als Head anzeigen.</translation>
    </message>
    <message>
        <source>Inserting cells</source>
        <translation>Einfügen der Zellen</translation>
    </message>
    <message>
        <source>Behind cell {number}</source>
        <translation>Hinter Zelle {number}</translation>
    </message>
    <message>
        <source>At the end</source>
        <translation>Am Ende</translation>
    </message>
    <message>
        <source>Asked: {model} at {host}. The task, the names of columns and a few of their values are sent there; no other files are.</source>
        <translation>Gefragt wird: {model} auf {host}. Die Aufgabe, die Spaltennamen und einige ihrer Werte werden dorthin gesendet; andere Dateien nicht.</translation>
    </message>
    <message>
        <source>Asked: {model}. Nothing leaves this machine.</source>
        <translation>Gefragt wird: {model}. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>{model} is loaded with the first step.</source>
        <translation>{model} wird mit dem ersten Schritt geladen.</translation>
    </message>
    <message>
        <source>A draft needs a model, and none is loaded. Choose one that is on this machine; a code model of 7 billion parameters writes better plans than a small one.</source>
        <translation>Ein Entwurf braucht ein Modell, und keines ist geladen. Eines wählen, das auf diesem Rechner liegt; ein Code-Modell mit 7 Milliarden Parametern schreibt bessere Pläne als ein kleines.</translation>
    </message>
    <message>
        <source>What the model said</source>
        <translation>Was das Modell sagte</translation>
    </message>
    <message>
        <source>Run again from here</source>
        <translation>Ab hier neu ausführen</translation>
    </message>
    <message>
        <source>Makes this step anew, and what was made from it</source>
        <translation>Erstellt diesen Schritt neu, ebenso alles, was daraus entstand</translation>
    </message>
    <message>
        <source>Keep and go on</source>
        <translation>Behalten und weiter</translation>
    </message>
    <message>
        <source>Keeps it, and makes anew what was made from it (Ctrl+Return)</source>
        <translation>Behält ihn und erstellt neu, was daraus entstand (Ctrl+Return)</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Text of: {title}</source>
        <translation>Text von: {title}</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>What the notebook is to do, for instance: Predict tomorrow&apos;s load of each station from the last two weeks; show where the model is wrong.</source>
        <translation>Was das Notebook leisten soll, zum Beispiel: Die morgige Last jeder Station aus den letzten zwei Wochen vorhersagen; zeigen, wo das Modell falsch liegt.</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Metrik</translation>
    </message>
    <message>
        <source>How the result is measured, as in: mean absolute error</source>
        <translation>Wie das Ergebnis gemessen wird, etwa: mittlerer absoluter Fehler</translation>
    </message>
    <message>
        <source>Plans to weigh</source>
        <translation>Abzuwägende Pläne</translation>
    </message>
    <message>
        <source>Earlier drafts</source>
        <translation>Frühere Entwürfe</translation>
    </message>
    <message>
        <source>&amp;Reopen</source>
        <translation>&amp;Wieder öffnen</translation>
    </message>
    <message>
        <source>&amp;Task</source>
        <translation>&amp;Aufgabe</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>&amp;Daten</translation>
    </message>
    <message>
        <source>&amp;Metric</source>
        <translation>&amp;Metrik</translation>
    </message>
    <message>
        <source>Cells go &amp;into</source>
        <translation>Zellen kommen &amp;in</translation>
    </message>
    <message>
        <source>&amp;Plans to weigh</source>
        <translation>Abzuwägende &amp;Pläne</translation>
    </message>
    <message>
        <source>&amp;Earlier drafts</source>
        <translation>&amp;Frühere Entwürfe</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlend</translation>
    </message>
    <message>
        <source>Values, for instance</source>
        <translation>Werte, zum Beispiel</translation>
    </message>
    <message>
        <source>Data files and their columns</source>
        <translation>Datendateien und ihre Spalten</translation>
    </message>
    <message>
        <source>No data yet: add files, or drop them here. Their columns, types and a few values are read; nothing is read before you add it.</source>
        <translation>Noch keine Daten: Dateien hinzufügen oder hier ablegen. Gelesen werden ihre Spalten, Typen und einige Werte; vor dem Hinzufügen wird nichts gelesen.</translation>
    </message>
    <message>
        <source>&amp;Add files…</source>
        <translation>Dateien &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>Add a &amp;folder…</source>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Takes the chosen files off the list; nothing is deleted</source>
        <translation>Nimmt die gewählten Dateien aus der Liste; nichts wird gelöscht</translation>
    </message>
    <message>
        <source>A new notebook</source>
        <translation>Ein neues Notebook</translation>
    </message>
    <message>
        <source>File of the new notebook</source>
        <translation>Datei des neuen Notebooks</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>A&amp;uswählen…</translation>
    </message>
    <message>
        <source>Choose the file of the new notebook</source>
        <translation>Datei des neuen Notebooks auswählen</translation>
    </message>
    <message>
        <source>The open notebook, {name}</source>
        <translation>Das offene Notebook, {name}</translation>
    </message>
    <message>
        <source>The model was shown: {names}</source>
        <translation>Dem Modell gezeigt wurden: {names}</translation>
    </message>
    <message>
        <source>{count} more columns</source>
        <translation>{count} weitere Spalten</translation>
    </message>
    <message>
        <source>Reading {name}…</source>
        <translation>{name} wird gelesen…</translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n Zeile</numerusform>
            <numerusform>%n Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n rows</source>
        <translation>
            <numerusform>etwa %n Zeile</numerusform>
            <numerusform>etwa %n Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>Pläne</translation>
    </message>
    <message>
        <source>Critiques</source>
        <translation>Kritiken</translation>
    </message>
    <message>
        <source>Choice</source>
        <translation>Wahl</translation>
    </message>
    <message>
        <source>Improved plan</source>
        <translation>Verbesserter Plan</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Writing plans</source>
        <translation>Pläne schreiben</translation>
    </message>
    <message>
        <source>Criticising the plans</source>
        <translation>Pläne kritisieren</translation>
    </message>
    <message>
        <source>Choosing the best plan</source>
        <translation>Besten Plan wählen</translation>
    </message>
    <message>
        <source>Improving the plan</source>
        <translation>Plan verbessern</translation>
    </message>
    <message>
        <source>Writing cells</source>
        <translation>Zellen schreiben</translation>
    </message>
    <message>
        <source>Plans for the task, the most promising first. Edit one, or have them made again.</source>
        <translation>Pläne für die Aufgabe, der aussichtsreichste zuerst. Einen bearbeiten oder alle neu erstellen lassen.</translation>
    </message>
    <message>
        <source>What speaks against each plan. An edited critique changes the choice.</source>
        <translation>Was gegen jeden Plan spricht. Eine bearbeitete Kritik ändert die Wahl.</translation>
    </message>
    <message>
        <source>The plan that the model takes to be the best. Choose another if you know better.</source>
        <translation>Der Plan, den das Modell für den besten hält. Bei besserem Wissen einen anderen wählen.</translation>
    </message>
    <message>
        <source>The chosen plan, changed so that it answers its critique.</source>
        <translation>Der gewählte Plan, so geändert, dass er auf seine Kritik eingeht.</translation>
    </message>
    <message>
        <source>The cells that wait to be inserted. Nothing is written before you accept them.</source>
        <translation>Die Zellen, die aufs Einfügen warten. Vor dem Annehmen wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>Nothing here yet. Describe the task on the first page and press “Make plans”;</source>
        <translation>Noch nichts da. Die Aufgabe auf der ersten Seite beschreiben und „Pläne machen“ drücken;</translation>
    </message>
    <message>
        <source>the plans come first.</source>
        <translation>zuerst kommen die Pläne.</translation>
    </message>
    <message>
        <source>each plan is then criticised.</source>
        <translation>dann wird jeder Plan kritisiert.</translation>
    </message>
    <message>
        <source>the plans are then weighed against each other.</source>
        <translation>dann werden die Pläne gegeneinander abgewogen.</translation>
    </message>
    <message>
        <source>the best plan is then improved.</source>
        <translation>dann wird der beste Plan verbessert.</translation>
    </message>
    <message>
        <source>the cells are written last.</source>
        <translation>zuletzt werden die Zellen geschrieben.</translation>
    </message>
    <message>
        <source>Against plan {number}: {title}</source>
        <translation>Gegen Plan {number}: {title}</translation>
    </message>
    <message>
        <source>Plan {number}: {title}</source>
        <translation>Plan {number}: {title}</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>Choose this plan</source>
        <translation>Diesen Plan wählen</translation>
    </message>
    <message>
        <source>improved</source>
        <translation>verbessert</translation>
    </message>
    <message>
        <source>The critique that it answers</source>
        <translation>Die Kritik, auf die er eingeht</translation>
    </message>
    <message>
        <source>Cell {number}, {kind}</source>
        <translation>Zelle {number}, {kind}</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>A mistake of nbreview</source>
        <translation>Ein Fehler von nbreview</translation>
    </message>
    <message>
        <source>This is a mistake of the program, and nothing of yours was changed by it. The report below names places in the program; it holds no text of a notebook and no file name of yours. Copy it into an issue of the project, with what you did last.</source>
        <translation>Das ist ein Fehler des Programms; an eigenen Dateien hat er nichts verändert. Der Bericht unten nennt Stellen im Programm; er enthält keinen Text eines Notebooks und keinen eigenen Dateinamen. Den Bericht bitte in ein Issue des Projekts kopieren und dazuschreiben, was zuletzt getan wurde.</translation>
    </message>
    <message>
        <source>The report</source>
        <translation>Der Bericht</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>{len} files were dropped; drop one to review it, or two to compare them.</source>
        <translation>{len} Dateien wurden abgelegt; eine ablegen, um sie zu prüfen, oder zwei, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>Jupyter notebooks (*.ipynb)</source>
        <translation>Jupyter-Notebooks (*.ipynb)</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>Open a notebook</source>
        <translation>Notebook öffnen</translation>
    </message>
    <message>
        <source>Compare: choose the base, or both</source>
        <translation>Vergleichen: die Basis oder beide wählen</translation>
    </message>
    <message>
        <source>Compare {name} with</source>
        <translation>{name} vergleichen mit</translation>
    </message>
    <message>
        <source>Export training data</source>
        <translation>Trainingsdaten exportieren</translation>
    </message>
    <message>
        <source>Export training data to a folder</source>
        <translation>Trainingsdaten in einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Open a folder or repository</source>
        <translation>Ordner oder Repository öffnen</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>in conflict</source>
        <translation>im Konflikt</translation>
    </message>
    <message>
        <source>new, not yet in git</source>
        <translation>neu, noch nicht in git</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>gelöscht</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>umbenannt</translation>
    </message>
    <message>
        <source>modified</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>was {path}</source>
        <translation>vorher {path}</translation>
    </message>
    <message>
        <source>viewed</source>
        <translation>gesehen</translation>
    </message>
    <message>
        <source>not viewed</source>
        <translation>nicht gesehen</translation>
    </message>
    <message>
        <source>open comments: {number}</source>
        <translation>offene Kommentare: {number}</translation>
    </message>
    <message>
        <source>findings: {number}</source>
        <translation>Befunde: {number}</translation>
    </message>
    <message>
        <source>Close the folder or range</source>
        <translation>Ordner oder Bereich schließen</translation>
    </message>
    <message>
        <source>Close the folder or range; what is shown in the diff stays</source>
        <translation>Ordner oder Bereich schließen; was im Diff gezeigt wird, bleibt</translation>
    </message>
    <message>
        <source>Notebooks viewed</source>
        <translation>Gesehene Notebooks</translation>
    </message>
    <message>
        <source>Filter the notebooks</source>
        <translation>Notebooks filtern</translation>
    </message>
    <message>
        <source>Filter by path</source>
        <translation>Nach Pfad filtern</translation>
    </message>
    <message>
        <source>Words of the path, or what became of the file, such as “added”</source>
        <translation>Wörter aus dem Pfad oder was aus der Datei wurde, etwa „hinzugefügt“</translation>
    </message>
    <message>
        <source>Notebooks under review</source>
        <translation>Notebooks im Review</translation>
    </message>
    <message>
        <source>{viewed} of {all} viewed</source>
        <translation>{viewed} von {all} gesehen</translation>
    </message>
    <message>
        <source>No notebook has these words in its path. Clear the filter to see them all.</source>
        <translation>Kein Notebook hat diese Wörter im Pfad. Den Filter leeren, um alle zu sehen.</translation>
    </message>
    <message>
        <source>There are no findings; Ctrl+Shift+K judges the current cell, F9 all cells.</source>
        <translation>Es gibt keine Befunde; Ctrl+Shift+K beurteilt die aktuelle Zelle, F9 alle Zellen.</translation>
    </message>
    <message>
        <source>A fix is among the suggestions.</source>
        <translation>Eine Korrektur ist unter den Vorschlägen.</translation>
    </message>
    <message>
        <source>Fix this</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>dismissed</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>gone since base</source>
        <translation>seit der Basis weg</translation>
    </message>
    <message>
        <source>from {cell}</source>
        <translation>aus {cell}</translation>
    </message>
    <message>
        <source>has a traceback</source>
        <translation>mit Traceback</translation>
    </message>
    <message>
        <source>Traceback</source>
        <translation>Traceback</translation>
    </message>
    <message>
        <source>… {count} lines above</source>
        <translation>… {count} Zeilen darüber</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>weg</translation>
    </message>
    <message>
        <source>new cell after {number}</source>
        <translation>neue Zelle nach {number}</translation>
    </message>
    <message>
        <source>cell {number} goes</source>
        <translation>Zelle {number} entfällt</translation>
    </message>
    <message>
        <source>cell {number}</source>
        <translation>Zelle {number}</translation>
    </message>
    <message>
        <source>How the notebook grew</source>
        <translation>Wie das Notebook wuchs</translation>
    </message>
    <message>
        <source>cells: {count}</source>
        <translation>Zellen: {count}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Counts the commits that have no column yet</source>
        <translation>Zählt die Commits, die noch keine Spalte haben</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>Count the commits that have no column yet: {count}</source>
        <translation>Commits zählen, die noch keine Spalte haben: {count}</translation>
    </message>
    <message>
        <source>A notebook that is committed to git shows here how each commit changed it.</source>
        <translation>Bei einem Notebook, das in git committet ist, steht hier, wie jeder Commit es veränderte.</translation>
    </message>
    <message>
        <source>Click a column, or press ← →</source>
        <translation>Spalte anklicken oder ← → drücken</translation>
    </message>
    <message>
        <source>this version cannot be read</source>
        <translation>diese Version ist nicht lesbar</translation>
    </message>
    <message>
        <source>a column for one in {stride} of {commits} commits</source>
        <translation>eine Spalte für jeden {stride}. von {commits} Commits</translation>
    </message>
    <message>
        <source>commits: {commits}, the oldest at the left</source>
        <translation>Commits: {commits}, der älteste links</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>There is nothing to swap: this revision added the notebook. Choose two revisions first.</source>
        <translation>Es gibt nichts zu tauschen: Diese Revision hat das Notebook hinzugefügt. Zuerst zwei Revisionen wählen.</translation>
    </message>
    <message>
        <source>Counting how the notebook grew</source>
        <translation>Zählen, wie das Notebook wuchs</translation>
    </message>
    <message>
        <source>No cell is at hand; click one, or press N to go to a change.</source>
        <translation>Es gibt keine aktuelle Zelle; eine anklicken oder mit N zu einer Änderung gehen.</translation>
    </message>
    <message>
        <source>Cell {number} of {notebook}</source>
        <translation>Zelle {number} von {notebook}</translation>
    </message>
    <message>
        <source>Following a cell through the commits</source>
        <translation>Verfolgen einer Zelle durch die Commits</translation>
    </message>
    <message>
        <source>That revision is not in the history any more; press F5 to read it.</source>
        <translation>Diese Revision ist nicht mehr im Verlauf; mit F5 neu einlesen.</translation>
    </message>
    <message>
        <source>This notebook is not in a git repository, so it has no history here. Compare it with another notebook (Ctrl+Shift+O), or run “git init” in its folder and commit it to start one.</source>
        <translation>Dieses Notebook liegt in keinem git-Repository, daher gibt es hier keinen Verlauf. Mit einem anderen Notebook vergleichen (Ctrl+Shift+O) oder in seinem Ordner „git init“ ausführen und es committen, um einen zu beginnen.</translation>
    </message>
    <message>
        <source>No revision has these words. Clear the filter to see them all.</source>
        <translation>Keine Revision hat diese Wörter. Den Filter leeren, um alle zu sehen.</translation>
    </message>
    <message>
        <source>Filter the history</source>
        <translation>Verlauf filtern</translation>
    </message>
    <message>
        <source>Filter by words, author or id</source>
        <translation>Nach Wörtern, Autor oder ID filtern</translation>
    </message>
    <message>
        <source>History of the notebook</source>
        <translation>Verlauf des Notebooks</translation>
    </message>
    <message>
        <source>Ending the kernel</source>
        <translation>Beenden des Kernels</translation>
    </message>
    <message>
        <source>Looking for its kernel</source>
        <translation>Suche nach seinem Kernel</translation>
    </message>
    <message>
        <source>Start a kernel for {name}</source>
        <translation>Kernel für {name} starten</translation>
    </message>
    <message>
        <source>Start kernel</source>
        <translation>Kernel starten</translation>
    </message>
    <message>
        <source>Start, then run</source>
        <translation>Starten, dann ausführen</translation>
    </message>
    <message>
        <source>Runs {name}{where} up to cell {index}.</source>
        <translation>Führt {name}{where} bis Zelle {index} aus.</translation>
    </message>
    <message>
        <source>No kernel was found; python -m pip install ipykernel in the notebook&apos;s environment.</source>
        <translation>Kein Kernel gefunden; in der Umgebung des Notebooks python -m pip install ipykernel ausführen.</translation>
    </message>
    <message>
        <source>Looking for kernels</source>
        <translation>Suche nach Kerneln</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>on another machine</source>
        <translation>auf einem anderen Rechner</translation>
    </message>
    <message>
        <source>It does not answer: it has ended, or hangs. Restart it where it was started.</source>
        <translation>Er antwortet nicht: Er ist beendet oder hängt. Dort neu starten, wo er gestartet wurde.</translation>
    </message>
    <message>
        <source>Attach to a running kernel</source>
        <translation>Mit einem laufenden Kernel verbinden</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>No running kernel of Jupyter was found on this machine. Open the notebook in Jupyter first, or start a kernel here.</source>
        <translation>Auf diesem Rechner wurde kein laufender Kernel von Jupyter gefunden. Zuerst das Notebook in Jupyter öffnen oder hier einen Kernel starten.</translation>
    </message>
    <message>
        <source>Looking for running kernels</source>
        <translation>Suche nach laufenden Kerneln</translation>
    </message>
    <message>
        <source>Restart the kernel</source>
        <translation>Den Kernel neu starten</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Restarting the kernel</source>
        <translation>Neustart des Kernels</translation>
    </message>
    <message>
        <source>Shut down the kernel</source>
        <translation>Den Kernel herunterfahren</translation>
    </message>
    <message>
        <source>Shut down</source>
        <translation>Herunterfahren</translation>
    </message>
    <message>
        <source>Interrupting</source>
        <translation>Unterbrechen</translation>
    </message>
    <message>
        <source>What the kernel holds is lost: 1 cell has run in it, to be run again.</source>
        <translation>Was der Kernel enthält, geht verloren: 1 Zelle ist darin gelaufen und neu auszuführen.</translation>
    </message>
    <message>
        <source>What the kernel holds is lost: {count} cells have run in it, to be run again.</source>
        <translation>Was der Kernel enthält, geht verloren: {count} Zellen sind darin gelaufen und neu auszuführen.</translation>
    </message>
    <message>
        <source>cell {cell}, {done} of {total}</source>
        <translation>Zelle {cell}, {done} von {total}</translation>
    </message>
    <message>
        <source>Starting the kernel</source>
        <translation>Starten des Kernels</translation>
    </message>
    <message>
        <source>Restart kernel</source>
        <translation>Kernel neu starten</translation>
    </message>
    <message>
        <source>Nothing is left to run: the kernel has run all cells up to cell {number}.</source>
        <translation>Nichts mehr auszuführen: Der Kernel hat alle Zellen bis Zelle {number} ausgeführt.</translation>
    </message>
    <message>
        <source>Run {name} to cell {number}</source>
        <translation>{name} bis Zelle {number} ausführen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Running to cell {number}</source>
        <translation>Ausführen bis Zelle {number}</translation>
    </message>
    <message>
        <source>Show findings</source>
        <translation>Befunde anzeigen</translation>
    </message>
    <message>
        <source>Looking for a fix</source>
        <translation>Suche nach einer Behebung</translation>
    </message>
    <message>
        <source>Looking at the variables</source>
        <translation>Durchsicht der Variablen</translation>
    </message>
    <message>
        <source>The kernel has ended: {why}. What it held is gone; start one again and run to a cell.</source>
        <translation>Der Kernel ist beendet: {why}. Was er enthielt, ist verloren; neu starten und bis zu einer Zelle ausführen.</translation>
    </message>
    <message>
        <source>The kernel has ended. What it held is gone; start one again and run to a cell.</source>
        <translation>Der Kernel ist beendet. Was er enthielt, ist verloren; neu starten und bis zu einer Zelle ausführen.</translation>
    </message>
    <message>
        <source>Start kernel…</source>
        <translation>Kernel starten…</translation>
    </message>
    <message>
        <source>The kernel {detail}.</source>
        <translation>Kernel: {detail}.</translation>
    </message>
    <message>
        <source>Choose a code cell of the head first: click it, or press n.</source>
        <translation>Zuerst eine Codezelle des Heads wählen: anklicken oder n drücken.</translation>
    </message>
    <message>
        <source>{title} is under way; wait for it, or press Stop.</source>
        <translation>{title} läuft noch; abwarten oder „Anhalten“ drücken.</translation>
    </message>
    <message>
        <source>No kernel is running; start one first.</source>
        <translation>Es läuft kein Kernel; zuerst einen starten.</translation>
    </message>
    <message>
        <source>No kernel is running; pip install &apos;nbreview[kernel]&apos; to start one.</source>
        <translation>Es läuft kein Kernel; pip install &apos;nbreview[kernel]&apos; ausführen, um einen starten zu können.</translation>
    </message>
    <message>
        <source>The cell has changed since this was found; check the notebook again.</source>
        <translation>Die Zelle hat sich seit diesem Befund geändert; das Notebook erneut prüfen.</translation>
    </message>
    <message>
        <source>The answer about {name} is kept; open {name} with its file as head to decide on it.</source>
        <translation>Die Antwort zu {name} ist aufbewahrt; öffnen Sie {name} mit seiner Datei als Head, um darüber zu entscheiden.</translation>
    </message>
    <message>
        <source>{reason}; make it again with other words, or reject the card.</source>
        <translation>{reason}; mit anderen Worten neu erstellen lassen oder die Karte ablehnen.</translation>
    </message>
    <message>
        <source>Asking whether cell {cell} will crash</source>
        <translation>Es wird gefragt, ob Zelle {cell} abstürzt</translation>
    </message>
    <message>
        <source>{name} runs, after a fallback: {join}.</source>
        <translation>{name} läuft, aber mit Ausweichlösung: {join}.</translation>
    </message>
    <message>
        <source>reading the notebook, {done} of {total} tokens</source>
        <translation>das Notebook wird gelesen, {done} von {total} Tokens</translation>
    </message>
    <message>
        <source>This needs a model: choose one that is on this machine, or a GGUF file.</source>
        <translation>Dazu ist ein Modell nötig: eines auf diesem Rechner oder eine GGUF-Datei wählen.</translation>
    </message>
    <message>
        <source>Proposing edits of the notebook</source>
        <translation>Änderungen am Notebook werden vorgeschlagen</translation>
    </message>
    <message>
        <source>Proposing an edit of cell {cell}</source>
        <translation>Eine Änderung an Zelle {cell} wird vorgeschlagen</translation>
    </message>
    <message>
        <source>Proposing edits of {count} cells</source>
        <translation>Änderungen an {count} Zellen werden vorgeschlagen</translation>
    </message>
    <message>
        <source>under 1 MiB</source>
        <translation>unter 1 MiB</translation>
    </message>
    <message>
        <source>others {size}</source>
        <translation>andere {size}</translation>
    </message>
    <message>
        <source>weights {size}</source>
        <translation>Gewichte {size}</translation>
    </message>
    <message>
        <source>KV cache {size}</source>
        <translation>KV-Cache {size}</translation>
    </message>
    <message>
        <source>compute {size}</source>
        <translation>Rechenpuffer {size}</translation>
    </message>
    <message>
        <source>{size} too little</source>
        <translation>{size} zu wenig</translation>
    </message>
    <message>
        <source>free {size}</source>
        <translation>frei {size}</translation>
    </message>
    <message>
        <source>{device}: all layers</source>
        <translation>{device}: alle Schichten</translation>
    </message>
    <message>
        <source>{device}: {layers} of {total} layers</source>
        <translation>{device}: {layers} von {total} Schichten</translation>
    </message>
    <message>
        <source>Where the model would go</source>
        <translation>Wo das Modell liegen würde</translation>
    </message>
    <message>
        <source>Models on this machine</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Choose &amp;file…</source>
        <translation>Datei &amp;wählen…</translation>
    </message>
    <message>
        <source>&amp;Load</source>
        <translation>&amp;Laden</translation>
    </message>
    <message>
        <source>Write no text: embeddings, projectors</source>
        <translation>Schreiben keinen Text: Embeddings, Projektoren</translation>
    </message>
    <message>
        <source>Broken files</source>
        <translation>Beschädigte Dateien</translation>
    </message>
    <message>
        <source>Working out what it would take…</source>
        <translation>Bedarf wird berechnet…</translation>
    </message>
    <message>
        <source>{size}: too much</source>
        <translation>{size}: zu viel</translation>
    </message>
    <message>
        <source>Looking for models on this machine…</source>
        <translation>Modelle auf diesem Rechner werden gesucht…</translation>
    </message>
    <message>
        <source>No model was found in the usual folders of llama.cpp, LM Studio, Ollama, Jan and the Hugging Face cache. Get one under Download, ask one on a server, or choose a GGUF file that you have; a code model of 1 to 7 billion parameters, quantised to 4 bits, suits a laptop.</source>
        <translation>In den üblichen Ordnern von llama.cpp, LM Studio, Ollama, Jan und dem Hugging-Face-Cache wurde kein Modell gefunden. Eines unter „Herunterladen“ holen, eines auf einem Server fragen oder eine vorhandene GGUF-Datei wählen; für einen Laptop eignet sich ein Code-Modell mit 1 bis 7 Milliarden Parametern, auf 4 Bit quantisiert.</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Suche nach Modellen</translation>
    </message>
    <message>
        <source>Planning</source>
        <translation>Planung</translation>
    </message>
    <message>
        <source>Loading {name}</source>
        <translation>Laden von {name}</translation>
    </message>
    <message>
        <source>{done} of {total}: {what}</source>
        <translation>{done} von {total}: {what}</translation>
    </message>
    <message>
        <source>Testing the speed of {name}</source>
        <translation>Geschwindigkeit von {name} wird gemessen</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Wird heruntergeladen</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>{name} wird heruntergeladen</translation>
    </message>
    <message>
        <source>Asking {host} for its models</source>
        <translation>Modelle von {host} werden abgefragt</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>Connecting to {host}</source>
        <translation>Verbindung zu {host} wird hergestellt</translation>
    </message>
    <message>
        <source>Connected: {name} on {host} answers.</source>
        <translation>Verbunden: {name} auf {host} antwortet.</translation>
    </message>
    <message>
        <source>Leaving {host}</source>
        <translation>Verbindung zu {host} wird getrennt</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>No model is loaded.</source>
        <translation>Kein Modell ist geladen.</translation>
    </message>
    <message>
        <source>Where a model comes from</source>
        <translation>Woher ein Modell kommt</translation>
    </message>
    <message>
        <source>On this &amp;machine</source>
        <translation>Auf diesem &amp;Rechner</translation>
    </message>
    <message>
        <source>On a &amp;server</source>
        <translation>Auf einem &amp;Server</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Dismiss this notice</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>{hidden} older notice below these</source>
        <translation>{hidden} ältere Meldung unter diesen</translation>
    </message>
    <message>
        <source>{hidden} older notices below these</source>
        <translation>{hidden} ältere Meldungen unter diesen</translation>
    </message>
    <message>
        <source>Nothing to list yet. Choose a revision in the history: its headings and changed cells stand here.</source>
        <translation>Noch nichts aufzulisten. Im Verlauf eine Revision wählen: Ihre Überschriften und geänderten Zellen stehen dann hier.</translation>
    </message>
    <message>
        <source>Nothing changed between these two, and the notebook has no headings to list.</source>
        <translation>Zwischen diesen beiden hat sich nichts geändert, und das Notebook hat keine Überschriften.</translation>
    </message>
    <message>
        <source>heading level {level}</source>
        <translation>Überschrift der Ebene {level}</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>has a finding</source>
        <translation>hat einen Befund</translation>
    </message>
    <message numerus="yes">
        <source>%n open comment(s)</source>
        <translation>
            <numerusform>%n offener Kommentar</numerusform>
            <numerusform>%n offene Kommentare</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n resolved comment(s)</source>
        <translation>
            <numerusform>%n erledigter Kommentar</numerusform>
            <numerusform>%n erledigte Kommentare</numerusform>
        </translation>
    </message>
    <message>
        <source>Outline: headings and changed cells</source>
        <translation>Gliederung: Überschriften und geänderte Zellen</translation>
    </message>
    <message>
        <source>{n} changed cell</source>
        <translation>{n} geänderten Zelle</translation>
    </message>
    <message>
        <source>{n} changed cells</source>
        <translation>{n} geänderten Zellen</translation>
    </message>
    <message>
        <source>Outline · {viewed} of {changed} viewed</source>
        <translation>Gliederung · {viewed} von {changed} gesehen</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>No picture or table is at hand; click one, or press I to go to the next.</source>
        <translation>Kein Bild und keine Tabelle ausgewählt; etwas davon anklicken oder mit I zum nächsten gehen.</translation>
    </message>
    <message>
        <source>No picture with two sides is at hand; click one that differs, or press I to go to the next.</source>
        <translation>Kein Bild mit zwei Seiten ausgewählt; eines mit Unterschieden anklicken oder mit I zum nächsten gehen.</translation>
    </message>
    <message>
        <source>What can be done with the selected lines</source>
        <translation>Was mit den ausgewählten Zeilen getan werden kann</translation>
    </message>
    <message>
        <source>What can be done with this output</source>
        <translation>Was mit dieser Ausgabe möglich ist</translation>
    </message>
    <message>
        <source>Where to go in the notebook</source>
        <translation>Wohin im Notebook</translation>
    </message>
    <message>
        <source>This &amp;cell</source>
        <translation>Diese &amp;Zelle</translation>
    </message>
    <message>
        <source>Pictures are shown {how} from now on; the preferences keep it.</source>
        <translation>Bilder werden ab jetzt {how} gezeigt; das bleibt in den Einstellungen gespeichert.</translation>
    </message>
    <message>
        <source>No picture or table is in view; open folded cells (U) and outputs (O), or go to another notebook.</source>
        <translation>Kein Bild und keine Tabelle in Sicht; eingeklappte Zellen (U) und Ausgaben (O) ausklappen oder zu einem anderen Notebook gehen.</translation>
    </message>
    <message>
        <source>No picture is at hand; click one, or press I to go to the next.</source>
        <translation>Kein Bild ausgewählt; eines anklicken oder mit I zum nächsten gehen.</translation>
    </message>
    <message>
        <source>Picture of cell {number}</source>
        <translation>Bild der Zelle {number}</translation>
    </message>
    <message>
        <source>Table of cell {number}</source>
        <translation>Tabelle der Zelle {number}</translation>
    </message>
    <message>
        <source>The picture is on the clipboard ({width} × {height}).</source>
        <translation>Das Bild ist in der Zwischenablage ({width} × {height}).</translation>
    </message>
    <message>
        <source>The table is on the clipboard: {rows:,} rows, with tabs between cells.</source>
        <translation>Die Tabelle ist in der Zwischenablage: {rows:,} Zeilen, mit Tabulatoren zwischen den Zellen.</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}); choose another folder or name.</source>
        <translation>{path} konnte nicht geschrieben werden ({reason}); einen anderen Ordner oder Namen wählen.</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>Gespeichert als {path}.</translation>
    </message>
    <message>
        <source>in onion skin</source>
        <translation>als Zwiebelhaut</translation>
    </message>
    <message>
        <source>not available now</source>
        <translation>zurzeit nicht verfügbar</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was soll getan werden?</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>No act has these letters. Fewer letters find more.</source>
        <translation>Keine Aktion hat diese Buchstaben. Weniger Buchstaben finden mehr.</translation>
    </message>
    <message>
        <source>Undoing</source>
        <translation>Wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>Staging cell {number}</source>
        <translation>Vormerken von Zelle {number}</translation>
    </message>
    <message>
        <source>Unstaging cell {number}</source>
        <translation>Aufheben der Vormerkung von Zelle {number}</translation>
    </message>
    <message>
        <source>Reverting cell {number}</source>
        <translation>Zurücksetzen von Zelle {number}</translation>
    </message>
    <message>
        <source>{name} is as it was before cell {number} was reverted.</source>
        <translation>{name} ist wieder wie vor dem Zurücksetzen von Zelle {number}.</translation>
    </message>
    <message>
        <source>{name} is as it was before cell {number} was edited.</source>
        <translation>{name} ist wieder wie vor dem Bearbeiten von Zelle {number}.</translation>
    </message>
    <message>
        <source>What is staged of {name} is as it was before cell {number} was staged.</source>
        <translation>Das Vorgemerkte von {name} ist wieder wie vor dem Vormerken von Zelle {number}.</translation>
    </message>
    <message>
        <source>What is staged of {name} is as it was before cell {number} was unstaged.</source>
        <translation>Das Vorgemerkte von {name} ist wieder wie vor dem Aufheben der Vormerkung von Zelle {number}.</translation>
    </message>
    <message>
        <source>Saving cell {number}</source>
        <translation>Speichern von Zelle {number}</translation>
    </message>
    <message>
        <source>Cell {number} of {name} is as it was before the suggestion was accepted.</source>
        <translation>Zelle {number} von {name} ist wieder wie vor dem Annehmen des Vorschlags.</translation>
    </message>
    <message>
        <source>No cell is at hand; open a notebook and choose a change.</source>
        <translation>Keine Zelle ausgewählt; ein Notebook öffnen und eine Änderung wählen.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} is saved as you edited it.</source>
        <translation>Zelle {number} von {name} ist so gespeichert, wie sie bearbeitet wurde.</translation>
    </message>
    <message>
        <source>The removal of cell {number} of {name} is staged.</source>
        <translation>Das Entfernen von Zelle {number} von {name} ist vorgemerkt.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} is staged.</source>
        <translation>Zelle {number} von {name} ist vorgemerkt.</translation>
    </message>
    <message>
        <source>The removal of cell {number} of {name} is no longer staged.</source>
        <translation>Das Entfernen von Zelle {number} von {name} ist nicht mehr vorgemerkt.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} is no longer staged.</source>
        <translation>Zelle {number} von {name} ist nicht mehr vorgemerkt.</translation>
    </message>
    <message>
        <source>Cell {number} of the base ({base}) is in {name} again.</source>
        <translation>Zelle {number} der Basis ({base}) ist wieder in {name}.</translation>
    </message>
    <message>
        <source>Cell {number} is out of {name}: the base ({base}) does not hold it.</source>
        <translation>Zelle {number} ist nicht mehr in {name}: Die Basis ({base}) enthält sie nicht.</translation>
    </message>
    <message>
        <source>Cell {number} of {name} is as in the base again ({base}).</source>
        <translation>Zelle {number} von {name} ist wieder wie in der Basis ({base}).</translation>
    </message>
    <message>
        <source>The picture, base and head</source>
        <translation>Das Bild, Basis und Head</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was sich unterscheidet</translation>
    </message>
    <message>
        <source>Pixel under the pointer</source>
        <translation>Pixel unter dem Mauszeiger</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Copies the head (Ctrl+C), or another side</source>
        <translation>Kopiert den Head (Ctrl+C) oder eine andere Seite</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Saves the head (Ctrl+S), or another side</source>
        <translation>Speichert den Head (Ctrl+S) oder eine andere Seite</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fit the window</source>
        <translation>In das Fenster einpassen</translation>
    </message>
    <message>
        <source>A pixel of the picture is one of the screen</source>
        <translation>Ein Pixel des Bildes ist eines des Bildschirms</translation>
    </message>
    <message>
        <source>The picture is being decoded …</source>
        <translation>Das Bild wird dekodiert …</translation>
    </message>
    <message>
        <source>The picture of the head is on the clipboard.</source>
        <translation>Das Bild des Heads ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The picture of the base is on the clipboard.</source>
        <translation>Das Bild der Basis ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The picture of what differs is on the clipboard.</source>
        <translation>Das Bild der Unterschiede ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>divider at {share} · {zoom}</source>
        <translation>Trennlinie bei {share} · {zoom}</translation>
    </message>
    <message>
        <source>head at {share} · {zoom}</source>
        <translation>Head zu {share} · {zoom}</translation>
    </message>
    <message>
        <source>This picture cannot be shown ({why}); save it to look at the file.</source>
        <translation>Dieses Bild lässt sich nicht zeigen ({why}); speichern und die Datei ansehen.</translation>
    </message>
    <message>
        <source>No picture is at hand; open one from the diff.</source>
        <translation>Kein Bild ausgewählt; eines aus dem Diff öffnen.</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}); choose another name.</source>
        <translation>{path} konnte nicht geschrieben werden ({reason}); einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Difference (PNG)…</source>
        <translation>Unterschied (PNG)…</translation>
    </message>
    <message>
        <source>the system&apos;s</source>
        <translation>die des Systems</translation>
    </message>
    <message>
        <source>the best that is installed</source>
        <translation>die beste installierte</translation>
    </message>
    <message>
        <source>{family} (not installed)</source>
        <translation>{family} (nicht installiert)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>Modelldatei auswählen</translation>
    </message>
    <message>
        <source>outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>language version</source>
        <translation>Sprachversion</translation>
    </message>
    <message>
        <source>execution counts</source>
        <translation>Ausführungszähler</translation>
    </message>
    <message>
        <source>view state and timings</source>
        <translation>Ansichtszustand und Zeiten</translation>
    </message>
    <message>
        <source>cell ids</source>
        <translation>Zellen-IDs</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Search this folder for models</source>
        <translation>Diesen Ordner nach Modellen durchsuchen</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>No setting is called that; empty the field above to see all.</source>
        <translation>Keine Einstellung heißt so; das Feld oben leeren, um alle zu sehen.</translation>
    </message>
    <message>
        <source>&amp;Restore defaults of this section</source>
        <translation>&amp;Standardwerte dieses Abschnitts wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Takes effect when the program starts next.</source>
        <translation>Wirkt ab dem nächsten Programmstart.</translation>
    </message>
    <message>
        <source>This cell has no outputs; choose a cell that has one: click it, or press n.</source>
        <translation>Diese Zelle hat keine Ausgaben; eine Zelle mit Ausgabe wählen: anklicken oder n drücken.</translation>
    </message>
    <message>
        <source>Output {output} of cell {cell}</source>
        <translation>Ausgabe {output} von Zelle {cell}</translation>
    </message>
    <message>
        <source>Output {output} of cell {cell}, as it was</source>
        <translation>Ausgabe {output} von Zelle {cell}, wie sie war</translation>
    </message>
    <message>
        <source>Open {title} in the browser? A local file is written that holds the saved picture, its text, tables and data: no scripts, and nothing from elsewhere.</source>
        <translation>{title} im Browser öffnen? Geschrieben wird eine lokale Datei mit dem gespeicherten Bild, seinem Text, Tabellen und Daten: keine Skripte und nichts von anderswo.</translation>
    </message>
    <message>
        <source>Writing the page of an output</source>
        <translation>Die Seite einer Ausgabe wird geschrieben</translation>
    </message>
    <message>
        <source>No browser could be started; the page is {path}, open it yourself.</source>
        <translation>Kein Browser ließ sich starten; die Seite {path} von Hand öffnen.</translation>
    </message>
    <message>
        <source>Review a range</source>
        <translation>Bereich prüfen</translation>
    </message>
    <message>
        <source>What changed in a branch, between two tags, or since a commit: all notebooks, as a list.</source>
        <translation>Was sich in einem Branch, zwischen zwei Tags oder seit einem Commit geändert hat: alle Notebooks, als Liste.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Anderen Ordner wählen</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Head</translation>
    </message>
    <message>
        <source>the working tree</source>
        <translation>das Arbeitsverzeichnis</translation>
    </message>
    <message>
        <source>Since they &amp;parted, as a pull request shows it</source>
        <translation>Seit der &amp;Trennung, wie ein Pull Request es zeigt</translation>
    </message>
    <message>
        <source>Compares with the commit that both have in common: base...head</source>
        <translation>Vergleicht mit dem Commit, den beide gemeinsam haben: base...head</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>branch</source>
        <translation>Branch</translation>
    </message>
    <message>
        <source>remote branch</source>
        <translation>Remote-Branch</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>Name a base: a branch, a tag or a commit.</source>
        <translation>Eine Basis nennen: einen Branch, ein Tag oder einen Commit.</translation>
    </message>
    <message>
        <source>Shows {range}.</source>
        <translation>Zeigt {range}.</translation>
    </message>
    <message>
        <source>Shows {base} against the working tree.</source>
        <translation>Zeigt {base} gegen das Arbeitsverzeichnis.</translation>
    </message>
    <message>
        <source>This notebook binds no variables that could be renamed.</source>
        <translation>Dieses Notebook bindet keine Variablen, die sich umbenennen ließen.</translation>
    </message>
    <message>
        <source>Rename variable</source>
        <translation>Variable umbenennen</translation>
    </message>
    <message>
        <source>Every cell that binds or reads it is changed; a local of the same name is another variable.</source>
        <translation>Jede Zelle, die sie bindet oder liest, wird geändert; eine lokale Variable gleichen Namens ist eine andere.</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
    <message>
        <source>Renaming</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>Nothing in this notebook is given a plain value that could be set.</source>
        <translation>Nichts in diesem Notebook bekommt einen einfachen Wert, der sich setzen ließe.</translation>
    </message>
    <message>
        <source>Set parameter</source>
        <translation>Parameter setzen</translation>
    </message>
    <message>
        <source>Assignments to it and keywords that give it a plain value are changed in every cell.</source>
        <translation>Zuweisungen an ihn und Schlüsselwörter, die ihm einen einfachen Wert geben, werden in jeder Zelle geändert.</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>Neuer Wert</translation>
    </message>
    <message>
        <source>Setting a parameter</source>
        <translation>Parameter wird gesetzt</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Wrap cell {number} into a function</source>
        <translation>Zelle {number} in eine Funktion fassen</translation>
    </message>
    <message>
        <source>What the cell reads comes in as arguments; what later cells read is given back.</source>
        <translation>Was die Zelle liest, kommt als Argument herein; was spätere Zellen lesen, wird zurückgegeben.</translation>
    </message>
    <message>
        <source>Name of the function</source>
        <translation>Name der Funktion</translation>
    </message>
    <message>
        <source>Wrapping</source>
        <translation>Funktion wird gebildet</translation>
    </message>
    <message>
        <source>Collecting imports</source>
        <translation>Importe werden gesammelt</translation>
    </message>
    <message numerus="yes">
        <source>Suggested for %n cells, which change together; nothing is written before you accept.</source>
        <translation>
            <numerusform>Vorgeschlagen für %n Zelle; vor dem Annehmen wird nichts geschrieben.</numerusform>
            <numerusform>Vorgeschlagen für %n Zellen, die sich gemeinsam ändern; vor dem Annehmen wird nichts geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Suggested for one cell; nothing is written before you accept.</source>
        <translation>Für eine Zelle vorgeschlagen; vor dem Annehmen wird nichts geschrieben.</translation>
    </message>
    <message>
        <source>Suggest</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Makes suggestions; nothing is written before you accept them</source>
        <translation>Macht Vorschläge; vor dem Annehmen wird nichts geschrieben</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Files and history</source>
        <translation>Dateien und Verlauf</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Looking for changed notebooks</source>
        <translation>Geänderte Notebooks werden gesucht</translation>
    </message>
    <message>
        <source>Listing branches</source>
        <translation>Branches werden aufgelistet</translation>
    </message>
    <message>
        <source>No notebook has changed in {range}, and {folder} holds none; open another folder.</source>
        <translation>In {range} hat sich kein Notebook geändert, und {folder} enthält keines; einen anderen Ordner öffnen.</translation>
    </message>
    <message>
        <source>{folder} holds no notebook; open another folder, or one .ipynb file.</source>
        <translation>{folder} enthält kein Notebook; einen anderen Ordner oder eine .ipynb-Datei öffnen.</translation>
    </message>
    <message>
        <source>There is no notebook here any more.</source>
        <translation>Hier ist kein Notebook mehr.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>{title} — nbreview</source>
        <translation>{title} — nbreview</translation>
    </message>
    <message>
        <source>No other notebook is left to view.</source>
        <translation>Alle anderen Notebooks sind gesehen.</translation>
    </message>
    <message>
        <source>This is the last notebook of the list.</source>
        <translation>Das ist das letzte Notebook der Liste.</translation>
    </message>
    <message>
        <source>This is the first notebook of the list.</source>
        <translation>Das ist das erste Notebook der Liste.</translation>
    </message>
    <message>
        <source>No folder is open; “Open folder or repository…” in the File menu lists its notebooks.</source>
        <translation>Kein Ordner ist geöffnet; „Ordner oder Repository öffnen…“ im Menü „Datei“ listet seine Notebooks auf.</translation>
    </message>
    <message>
        <source>The notebook shown is not among those that changed; choose one in Files.</source>
        <translation>Das gezeigte Notebook ist nicht unter den geänderten; unter „Dateien“ eines wählen.</translation>
    </message>
    <message>
        <source>Not in a git repository: all {number} notebooks are listed; Enter opens one.</source>
        <translation>Nicht in einem Git-Repository: Alle {number} Notebooks sind aufgelistet; Enter öffnet eines.</translation>
    </message>
    <message>
        <source>since the last commit</source>
        <translation>seit dem letzten Commit</translation>
    </message>
    <message>
        <source>{where}: no notebook has changed. All {number} are listed; Enter opens one.</source>
        <translation>{where}: Kein Notebook hat sich geändert. Alle {number} sind aufgelistet; Enter öffnet eines.</translation>
    </message>
    <message>
        <source>{where} · 1 notebook changed</source>
        <translation>{where} · 1 Notebook geändert</translation>
    </message>
    <message>
        <source>{where} · {number} notebooks changed</source>
        <translation>{where} · {number} Notebooks geändert</translation>
    </message>
    <message>
        <source>One page (*.html)</source>
        <translation>Eine Seite (*.html)</translation>
    </message>
    <message>
        <source>Markdown for a pull request (*.md)</source>
        <translation>Markdown für einen Pull Request (*.md)</translation>
    </message>
    <message>
        <source>Export the review</source>
        <translation>Review exportieren</translation>
    </message>
    <message>
        <source>No notebook is open; open one first, then its review can be exported.</source>
        <translation>Kein Notebook ist geöffnet; erst eines öffnen, dann lässt sich sein Review exportieren.</translation>
    </message>
    <message>
        <source>The review is in {path}.</source>
        <translation>Das Review steht in {path}.</translation>
    </message>
    <message>
        <source>Exporting the review</source>
        <translation>Das Review wird exportiert</translation>
    </message>
    <message>
        <source>Nothing opens {path} here; open it yourself.</source>
        <translation>Hier öffnet kein Programm {path}; die Datei von Hand öffnen.</translation>
    </message>
    <message>
        <source>Any server that speaks OpenAI&apos;s protocol can be asked instead of a model file: llama-server, Ollama, LM Studio, vLLM, a service.</source>
        <translation>Statt einer Modelldatei lässt sich jeder Server fragen, der das Protokoll von OpenAI spricht: llama-server, Ollama, LM Studio, vLLM, ein Dienst.</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>http://127.0.0.1:8080/v1</source>
        <translation>http://127.0.0.1:8080/v1</translation>
    </message>
    <message>
        <source>List its &amp;models</source>
        <translation>&amp;Modelle auflisten</translation>
    </message>
    <message>
        <source>Model on the server</source>
        <translation>Modell auf dem Server</translation>
    </message>
    <message>
        <source>the only one there</source>
        <translation>das einzige dort</translation>
    </message>
    <message>
        <source>&amp;Address:</source>
        <translation>&amp;Adresse:</translation>
    </message>
    <message>
        <source>M&amp;odel:</source>
        <translation>M&amp;odell:</translation>
    </message>
    <message>
        <source>&amp;Take that back</source>
        <translation>&amp;Zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>&amp;Agree and connect</source>
        <translation>Z&amp;ustimmen und verbinden</translation>
    </message>
    <message>
        <source>Notebook content may be sent to {host}.</source>
        <translation>Notebook-Inhalt darf an {host} gesendet werden.</translation>
    </message>
    <message>
        <source>You are asked once before notebook content is sent to {host}.</source>
        <translation>Vor dem Senden von Notebook-Inhalt an {host} wird einmal gefragt.</translation>
    </message>
    <message>
        <source>{host} is this machine: nothing leaves it.</source>
        <translation>{host} ist dieser Rechner: Nichts verlässt ihn.</translation>
    </message>
    <message>
        <source>There is a key for {host}; it is not shown or kept by nbreview.</source>
        <translation>Es gibt einen Schlüssel für {host}; nbreview zeigt und speichert ihn nicht.</translation>
    </message>
    <message>
        <source>A key is taken from {variable}, or from the system&apos;s keyring (service nbreview, user: the server&apos;s address without its path).</source>
        <translation>Ein Schlüssel wird aus {variable} genommen oder aus dem Schlüsselbund des Systems (Dienst nbreview, Benutzer: die Adresse des Servers ohne ihren Pfad).</translation>
    </message>
    <message>
        <source>There is no key for {host}.</source>
        <translation>Es gibt keinen Schlüssel für {host}.</translation>
    </message>
    <message>
        <source>The server lists no models; load one there first.</source>
        <translation>Der Server listet keine Modelle auf; dort erst eines laden.</translation>
    </message>
    <message>
        <source>%n model(s) there.</source>
        <translation>%n Modelle dort.</translation>
    </message>
    <message>
        <source> Context: {tokens} tokens.</source>
        <translation> Kontext: {tokens} Token.</translation>
    </message>
    <message>
        <source>New here? “nbreview demo” in a terminal makes a sample repository and opens it.</source>
        <translation>Neu hier? „nbreview demo“ in einem Terminal legt ein Beispiel-Repository an und öffnet es.</translation>
    </message>
    <message>
        <source>or drop a notebook or a folder here, or two notebooks to compare</source>
        <translation>oder ein Notebook oder einen Ordner hierher ziehen, oder zwei Notebooks zum Vergleichen</translation>
    </message>
    <message>
        <source>Notebooks that you open are listed here, newest first.</source>
        <translation>Geöffnete Notebooks sind hier aufgelistet, das neueste zuerst.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>nbreview</source>
        <translation>nbreview</translation>
    </message>
    <message>
        <source>Review what changed in a notebook, whether it still runs, and mend what does not.</source>
        <translation>Prüfen, was sich in einem Notebook geändert hat und ob es noch läuft, und beheben, was nicht läuft.</translation>
    </message>
    <message>
        <source>Open notebook…</source>
        <translation>Notebook öffnen…</translation>
    </message>
    <message>
        <source>Ctrl+O</source>
        <translation>Ctrl+O</translation>
    </message>
    <message>
        <source>Compare two…</source>
        <translation>Zwei vergleichen…</translation>
    </message>
    <message>
        <source>Compare two notebooks</source>
        <translation>Zwei Notebooks vergleichen</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Ctrl+Alt+O</source>
        <translation>Ctrl+Alt+O</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Recent notebooks</source>
        <translation>Zuletzt geöffnete Notebooks</translation>
    </message>
    <message>
        <source>{path}
Enter opens it, Delete takes it from the list</source>
        <translation>{path}
Enter öffnet es, Delete nimmt es aus der Liste</translation>
    </message>
    <message>
        <source>Drop to open</source>
        <translation>Zum Öffnen ablegen</translation>
    </message>
    <message>
        <source>no model: choose one</source>
        <translation>kein Modell: eines wählen</translation>
    </message>
    <message>
        <source>kernel: none</source>
        <translation>Kernel: keiner</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Models on this machine (Ctrl+M)</source>
        <translation>Modelle auf diesem Rechner (Ctrl+M)</translation>
    </message>
    <message>
        <source>Start another kernel…</source>
        <translation>Anderen Kernel starten…</translation>
    </message>
    <message>
        <source>Stop what is running (Esc)</source>
        <translation>Laufendes anhalten (Esc)</translation>
    </message>
    <message>
        <source>Model: {value}</source>
        <translation>Modell: {value}</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>What the model writes</source>
        <translation>Was das Modell schreibt</translation>
    </message>
    <message>
        <source>The change so far</source>
        <translation>Die Änderung bis jetzt</translation>
    </message>
    <message>
        <source>The model is reading. Stop: Esc</source>
        <translation>Das Modell liest. Anhalten: Esc</translation>
    </message>
    <message>
        <source>Written: {cells}</source>
        <translation>Geschrieben: {cells}</translation>
    </message>
    <message>
        <source>The model is thinking. Stop: Esc</source>
        <translation>Das Modell denkt nach. Anhalten: Esc</translation>
    </message>
    <message>
        <source>The model is writing. Nothing is applied before you accept it. Stop: Esc</source>
        <translation>Das Modell schreibt. Vor dem Annehmen wird nichts angewendet. Anhalten: Esc</translation>
    </message>
    <message>
        <source>No table is at hand; open one from the diff.</source>
        <translation>Keine Tabelle ausgewählt; eine aus dem Diff öffnen.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Rows shown</source>
        <translation>Gezeigte Zeilen</translation>
    </message>
    <message>
        <source>Find in the table (Ctrl+F)</source>
        <translation>In der Tabelle suchen (Ctrl+F)</translation>
    </message>
    <message>
        <source>Find in the table</source>
        <translation>In der Tabelle suchen</translation>
    </message>
    <message>
        <source>Only &amp;changed rows</source>
        <translation>Nur &amp;geänderte Zeilen</translation>
    </message>
    <message>
        <source>Old → new</source>
        <translation>Alt → neu</translation>
    </message>
    <message>
        <source>What cells show</source>
        <translation>Was die Zellen zeigen</translation>
    </message>
    <message>
        <source>&amp;Sort by column</source>
        <translation>Nach &amp;Spalte sortieren</translation>
    </message>
    <message>
        <source>By the column of the current cell: up, down, and back to the table&apos;s own order</source>
        <translation>Nach der Spalte der aktuellen Zelle: aufsteigend, absteigend und zurück zur Reihenfolge der Tabelle</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the selected cells, with tabs between them (Ctrl+C)</source>
        <translation>Kopiert die ausgewählten Zellen, mit Tabulatoren dazwischen (Ctrl+C)</translation>
    </message>
    <message>
        <source>Cells of the table</source>
        <translation>Zellen der Tabelle</translation>
    </message>
    <message>
        <source>The table is being read …</source>
        <translation>Die Tabelle wird gelesen …</translation>
    </message>
    <message>
        <source>No cell is selected; select some, or press Ctrl+A for all of them.</source>
        <translation>Keine Zelle ist ausgewählt; einige auswählen oder mit Ctrl+A alle.</translation>
    </message>
    <message>
        <source>More than {MAX_COPIED:,} cells are selected; select fewer to copy them.</source>
        <translation>Mehr als {MAX_COPIED:,} Zellen sind ausgewählt; zum Kopieren weniger auswählen.</translation>
    </message>
    <message>
        <source>This table cannot be shown ({name__}: {result}).</source>
        <translation>Diese Tabelle lässt sich nicht zeigen ({name__}: {result}).</translation>
    </message>
    <message>
        <source>{lines:,} row copied, with tabs between cells.</source>
        <translation>{lines:,} Zeile kopiert, mit Tabulatoren zwischen den Zellen.</translation>
    </message>
    <message>
        <source>{lines:,} rows copied, with tabs between cells.</source>
        <translation>{lines:,} Zeilen kopiert, mit Tabulatoren zwischen den Zellen.</translation>
    </message>
    <message>
        <source>{shown:,} of {total:,} rows shown</source>
        <translation>{shown:,} von {total:,} Zeilen gezeigt</translation>
    </message>
    <message>
        <source>{total:,} row shown</source>
        <translation>{total:,} Zeile gezeigt</translation>
    </message>
    <message>
        <source>{total:,} rows shown</source>
        <translation>{total:,} Zeilen gezeigt</translation>
    </message>
    <message>
        <source>The output holds no table that can be read; look at it in the diff.</source>
        <translation>Die Ausgabe enthält keine lesbare Tabelle; sie ist im Diff zu sehen.</translation>
    </message>
    <message>
        <source>No row differs; clear “Only changed rows” to see them all.</source>
        <translation>Keine Zeile unterscheidet sich; „Nur geänderte Zeilen“ abwählen, um alle zu sehen.</translation>
    </message>
    <message>
        <source>{number:,} of {count:,} cells that hold “{text}”</source>
        <translation>{number:,} von {count:,} Zellen mit „{text}“</translation>
    </message>
    <message>
        <source>No cell shown holds “{text}”; look for less of it.</source>
        <translation>Keine gezeigte Zelle enthält „{text}“; nach weniger davon suchen.</translation>
    </message>
    <message>
        <source>Change as text</source>
        <translation>Änderung als Text</translation>
    </message>
    <message>
        <source>The change as text</source>
        <translation>Die Änderung als Text</translation>
    </message>
    <message>
        <source>S&amp;tate</source>
        <translation>&amp;Zustand</translation>
    </message>
    <message>
        <source>&amp;Made by</source>
        <translation>Ge&amp;macht von</translation>
    </message>
    <message>
        <source>Mo&amp;del</source>
        <translation>Mo&amp;dell</translation>
    </message>
    <message>
        <source>&amp;Repository</source>
        <translation>&amp;Repository</translation>
    </message>
    <message>
        <source>&amp;Notebook</source>
        <translation>&amp;Notebook</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Sin&amp;ce</source>
        <translation>Sei&amp;t</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>Notebook</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Zelle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Verlangt</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Gemacht von</translation>
    </message>
    <message>
        <source>a row</source>
        <translation>eine Zeile</translation>
    </message>
    <message>
        <source>left out by hand</source>
        <translation>von Hand ausgelassen</translation>
    </message>
    <message>
        <source>Decisions of this export; Space keeps or leaves out</source>
        <translation>Entscheidungen dieses Exports; Leertaste nimmt auf oder lässt aus</translation>
    </message>
    <message>
        <source>Choose a decision in the list to see the row that comes of it.</source>
        <translation>In der Liste eine Entscheidung wählen, um die Zeile zu sehen, die daraus wird.</translation>
    </message>
    <message>
        <source>The row, as it will be written</source>
        <translation>Die Zeile, wie sie geschrieben wird</translation>
    </message>
    <message>
        <source>&amp;Unfold its texts</source>
        <translation>Texte a&amp;usklappen</translation>
    </message>
    <message>
        <source>No row comes of this decision: {reason}.</source>
        <translation>Aus dieser Entscheidung wird keine Zeile: {reason}.</translation>
    </message>
    <message>
        <source>Placeholders: {kinds}.</source>
        <translation>Platzhalter: {kinds}.</translation>
    </message>
    <message>
        <source>Nothing private was found in it.</source>
        <translation>Darin wurde nichts Privates gefunden.</translation>
    </message>
    <message>
        <source>{count} tokens.</source>
        <translation>{count} Token.</translation>
    </message>
    <message>
        <source>{count} more characters are not shown.</source>
        <translation>Weitere {count} Zeichen werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>Decisions stored: {words}</source>
        <translation>Gespeicherte Entscheidungen: {words}</translation>
    </message>
    <message>
        <source>Nothing to export yet: no accepted suggestion is stored. Accept a suggestion, as it is or after editing it, and its row stands here.</source>
        <translation>Noch nichts zu exportieren: Kein angenommener Vorschlag ist gespeichert. Einen Vorschlag annehmen, wie er ist oder nach dem Bearbeiten, und seine Zeile steht hier.</translation>
    </message>
    <message>
        <source>No decision is like this; choose “all” in one of the lists above, or an earlier date.</source>
        <translation>Keine Entscheidung passt; oben in einer der Listen „alle“ oder ein früheres Datum wählen.</translation>
    </message>
    <message>
        <source>one file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>80 % to train, 10 % to validate, 10 % to test</source>
        <translation>80 % zum Trainieren, 10 % zum Validieren, 10 % zum Testen</translation>
    </message>
    <message>
        <source>90 % to train, 5 % to validate, 5 % to test</source>
        <translation>90 % zum Trainieren, 5 % zum Validieren, 5 % zum Testen</translation>
    </message>
    <message>
        <source>70 % to train, 15 % to validate, 15 % to test</source>
        <translation>70 % zum Trainieren, 15 % zum Validieren, 15 % zum Testen</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>Trainingsdaten</translation>
    </message>
    <message>
        <source>Decisions stored</source>
        <translation>Gespeicherte Entscheidungen</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>Anhal&amp;ten</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>Längen</translation>
    </message>
    <message>
        <source>of any length</source>
        <translation>beliebig lang</translation>
    </message>
    <message>
        <source>Longest row, in tokens</source>
        <translation>Längste Zeile, in Token</translation>
    </message>
    <message>
        <source>&amp;Format:</source>
        <translation>&amp;Format:</translation>
    </message>
    <message>
        <source>F&amp;iles:</source>
        <translation>Date&amp;ien:</translation>
    </message>
    <message>
        <source>Len&amp;gths in:</source>
        <translation>Län&amp;gen in:</translation>
    </message>
    <message>
        <source>Lo&amp;ngest row:</source>
        <translation>Lä&amp;ngste Zeile:</translation>
    </message>
    <message>
        <source>words and signs</source>
        <translation>Wörter und Zeichen</translation>
    </message>
    <message>
        <source>tokens of {name}</source>
        <translation>Token von {name}</translation>
    </message>
    <message>
        <source>tokens of another model…</source>
        <translation>Token eines anderen Modells…</translation>
    </message>
    <message>
        <source>{words} asked for; counting rows…</source>
        <translation>{words} ausgewählt; Zeilen werden gezählt…</translation>
    </message>
    <message>
        <source>no row to write yet</source>
        <translation>noch keine Zeile zu schreiben</translation>
    </message>
    <message>
        <source>1 row would be written</source>
        <translation>1 Zeile würde geschrieben</translation>
    </message>
    <message>
        <source>{count} rows would be written</source>
        <translation>{count} Zeilen würden geschrieben</translation>
    </message>
    <message>
        <source>{words}; left out: {left}</source>
        <translation>{words}; ausgelassen: {left}</translation>
    </message>
    <message>
        <source>{number} asked for; the rows are not counted</source>
        <translation>{number} ausgewählt; die Zeilen sind nicht gezählt</translation>
    </message>
    <message>
        <source>{number} asked for; counting rows…</source>
        <translation>{number} ausgewählt; Zeilen werden gezählt…</translation>
    </message>
    <message>
        <source>1 decision</source>
        <translation>1 Entscheidung</translation>
    </message>
    <message>
        <source>{count} decisions</source>
        <translation>{count} Entscheidungen</translation>
    </message>
    <message>
        <source>A dry run needs a kernel that has run the cells above; start one and run to there.</source>
        <translation>Ein Probelauf braucht einen Kernel, der die Zellen darüber ausgeführt hat; einen starten und bis dorthin ausführen.</translation>
    </message>
    <message>
        <source>Run to cell {before}</source>
        <translation>Bis Zelle {before} ausführen</translation>
    </message>
    <message>
        <source>Try the cell on stand-ins instead.</source>
        <translation>Die Zelle stattdessen mit Platzhaltern probieren.</translation>
    </message>
    <message>
        <source>Here it is held by {level}.</source>
        <translation>Hier wird sie eingeschränkt durch: {level}.</translation>
    </message>
    <message>
        <source>Dry run of cell {index}</source>
        <translation>Probelauf von Zelle {index}</translation>
    </message>
    <message>
        <source>Allow dry runs</source>
        <translation>Probeläufe erlauben</translation>
    </message>
    <message>
        <source>Allowed for {name} until it is closed.</source>
        <translation>Erlaubt für {name}, bis es geschlossen wird.</translation>
    </message>
    <message>
        <source>Asking how a dry run would be held</source>
        <translation>Bedingungen des Probelaufs werden ermittelt</translation>
    </message>
    <message>
        <source>{language}: stand-ins are for Python; ask a model instead.</source>
        <translation>{language}: Platzhalter gibt es nur für Python; stattdessen ein Modell fragen.</translation>
    </message>
    <message>
        <source>Try cell {number} on stand-ins</source>
        <translation>Zelle {number} mit Platzhaltern ausprobieren</translation>
    </message>
    <message>
        <source>Allow stand-ins</source>
        <translation>Platzhalter erlauben</translation>
    </message>
    <message>
        <source>Looking for Python</source>
        <translation>Python wird gesucht</translation>
    </message>
    <message>
        <source>It is for Python notebooks; ask a model.</source>
        <translation>Das gibt es nur für Python-Notebooks; ein Modell fragen.</translation>
    </message>
    <message>
        <source>On stand-ins</source>
        <translation>Mit Platzhaltern</translation>
    </message>
    <message>
        <source>No kernel: the data is invented from what is known of it</source>
        <translation>Kein Kernel: Die Daten sind erfunden, nach dem, was über sie bekannt ist</translation>
    </message>
    <message>
        <source>Objects that stand in for the data are made from the cells above, and the cell is run on them in a child process. You are told what it may do before it runs.</source>
        <translation>Aus den Zellen darüber werden Objekte erzeugt, die für die Daten stehen, und die Zelle wird mit ihnen in einem Kindprozess ausgeführt. Was sie dabei darf, wird vor dem Ausführen gesagt.</translation>
    </message>
    <message>
        <source>Dry run</source>
        <translation>Probelauf</translation>
    </message>
    <message>
        <source>On the real state: the cell runs in a copy of the kernel</source>
        <translation>Auf dem echten Zustand: Die Zelle läuft in einer Kopie des Kernels</translation>
    </message>
    <message>
        <source>The cell is run in a copy of the live kernel, which ends with it. You are told how it is held before it runs.</source>
        <translation>Die Zelle wird in einer Kopie des laufenden Kernels ausgeführt, die mit ihr endet. Wie sie dabei eingeschränkt wird, wird vor dem Ausführen gesagt.</translation>
    </message>
    <message>
        <source>Ask a model</source>
        <translation>Ein Modell fragen</translation>
    </message>
    <message>
        <source>A model on this machine reads the cells; nothing is run</source>
        <translation>Ein Modell auf diesem Rechner liest die Zellen; nichts wird ausgeführt</translation>
    </message>
    <message>
        <source>A model reads the cells, and the kernel&apos;s state where there is one, and says how likely a crash is. It may be wrong.</source>
        <translation>Ein Modell liest die Zellen, und den Zustand des Kernels, wo es einen gibt, und sagt, wie wahrscheinlich ein Absturz ist. Es kann sich irren.</translation>
    </message>
    <message>
        <source>Will cell {number} crash? Choose how to look</source>
        <translation>Wird Zelle {number} abstürzen? Art der Prüfung wählen</translation>
    </message>
    <message>
        <source>Trying cell {number}</source>
        <translation>Zelle {number} wird ausprobiert</translation>
    </message>
    <message>
        <source>The verdict on cell {number} of {name} came after something else was opened; ask again there.</source>
        <translation>Das Urteil über Zelle {number} von {name} kam, als schon etwas anderes geöffnet war; dort noch einmal fragen.</translation>
    </message>
    <message>
        <source>there is no code in it to judge.</source>
        <translation>Sie enthält keinen Code, der zu beurteilen wäre.</translation>
    </message>
    <message>
        <source>Cell {index}: nothing needs to be run to know it: {what}</source>
        <translation>Zelle {index}: Um das zu wissen, muss nichts ausgeführt werden: {what}</translation>
    </message>
    <message>
        <source>The model is answering; wait for it, or press Stop, then scan.</source>
        <translation>Das Modell antwortet; abwarten oder „Anhalten“ drücken, dann scannen.</translation>
    </message>
    <message>
        <source>rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>stand-ins</source>
        <translation>Platzhalter</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>das Modell</translation>
    </message>
    <message>
        <source>{count} of them with a crash</source>
        <translation>{count} davon mit Absturz</translation>
    </message>
    <message>
        <source>no crash found</source>
        <translation>kein Absturz gefunden</translation>
    </message>
    <message>
        <source>{count} code cells were looked at by {by}: {crashes}.</source>
        <translation>Angesehene Codezellen: {count} (durch {by}); {crashes}.</translation>
    </message>
    <message>
        <source>{text} Stand-ins see more; allow them to scan with them.</source>
        <translation>{text} Platzhalter sehen mehr; erlauben, um mit ihnen zu scannen.</translation>
    </message>
    <message>
        <source>Allow stand-ins…</source>
        <translation>Platzhalter erlauben…</translation>
    </message>
    <message>
        <source>scanning</source>
        <translation>wird gescannt</translation>
    </message>
    <message>
        <source>Every code cell is tried.</source>
        <translation>Jede Codezelle wird ausprobiert.</translation>
    </message>
    <message>
        <source>Try all cells of {name} on stand-ins</source>
        <translation>Alle Zellen von {name} mit Platzhaltern ausprobieren</translation>
    </message>
    <message>
        <source>Allow and scan</source>
        <translation>Erlauben und scannen</translation>
    </message>
    <message>
        <source>No variables: no kernel is running. Start a kernel and run to a cell (F6 runs to the current cell), and what it holds is listed here, data frames with their columns.</source>
        <translation>Keine Variablen: Kein Kernel läuft. Einen Kernel starten und bis zu einer Zelle ausführen (F6 führt bis zur aktuellen Zelle aus); was er enthält, steht dann hier, DataFrames mit ihren Spalten.</translation>
    </message>
    <message>
        <source>The kernel holds no variables yet. Run to a cell (F6), and what its cells have bound is listed here.</source>
        <translation>Der Kernel enthält noch keine Variablen. Bis zu einer Zelle ausführen (F6), und was die Zellen gebunden haben, steht dann hier.</translation>
    </message>
    <message>
        <source>No variable has these words. Clear the filter to see them all.</source>
        <translation>Keine Variable hat diese Wörter. Den Filter leeren, um alle zu sehen.</translation>
    </message>
    <message>
        <source>Shape or value</source>
        <translation>Form oder Wert</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Filter by name, type or value</source>
        <translation>Nach Name, Typ oder Wert filtern</translation>
    </message>
    <message>
        <source>Filter the variables</source>
        <translation>Variablen filtern</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Look at the kernel&apos;s variables again</source>
        <translation>Die Variablen des Kernels neu lesen</translation>
    </message>
    <message>
        <source>Variables in the kernel</source>
        <translation>Variablen im Kernel</translation>
    </message>
    <message>
        <source>{count} values in {parts} equal parts of their range</source>
        <translation>{count} Werte in {parts} gleichen Teilen ihres Bereichs</translation>
    </message>
    <message>
        <source>some</source>
        <translation>einige</translation>
    </message>
    <message>
        <source>%n changed</source>
        <translation>%n geändert</translation>
    </message>
    <message>
        <source>%n new</source>
        <translation>%n neu</translation>
    </message>
    <message>
        <source>%n removed</source>
        <translation>%n entfernt</translation>
    </message>
    <message>
        <source>{count} cells: {what}</source>
        <translation>{count} Zellen: {what}</translation>
    </message>
    <message>
        <source>The model&apos;s answer could not be used. Make it again, or reject it.</source>
        <translation>Die Antwort des Modells war nicht verwendbar. Neu erzeugen oder ablehnen.</translation>
    </message>
    <message>
        <source>New cell at the top</source>
        <translation>Neue Zelle am Anfang</translation>
    </message>
    <message>
        <source>New cell after {cell}</source>
        <translation>Neue Zelle nach {cell}</translation>
    </message>
    <message>
        <source>Remove cell {cell}</source>
        <translation>Zelle {cell} entfernen</translation>
    </message>
    <message>
        <source>Ranked {number} of {count}.</source>
        <translation>Rang {number} von {count}.</translation>
    </message>
    <message>
        <source>✓ accepted</source>
        <translation>✓ angenommen</translation>
    </message>
    <message>
        <source>✓ accepted after editing</source>
        <translation>✓ nach Bearbeitung angenommen</translation>
    </message>
    <message>
        <source>✗ rejected</source>
        <translation>✗ abgelehnt</translation>
    </message>
    <message>
        <source>↶ undone</source>
        <translation>↶ rückgängig gemacht</translation>
    </message>
    <message>
        <source>cell {cell}</source>
        <translation>Zelle {cell}</translation>
    </message>
    <message>
        <source>new cell {cell}</source>
        <translation>neue Zelle {cell}</translation>
    </message>
    <message>
        <source>removal of cell {cell}</source>
        <translation>Entfernen von Zelle {cell}</translation>
    </message>
    <message>
        <source>rule “{rule}”, no model</source>
        <translation>Regel „{rule}“, kein Modell</translation>
    </message>
    <message>
        <source>{said}; seen to hold by {seen_by}</source>
        <translation>{said}; bestätigt durch {seen_by}</translation>
    </message>
    <message>
        <source>{model} · {seconds} s · {tokens} tokens</source>
        <translation>{model} · {seconds} s · {tokens} Tokens</translation>
    </message>
    <message>
        <source>model: {name} (loads with the first question)</source>
        <translation>Modell: {name} (wird mit der ersten Frage geladen)</translation>
    </message>
    <message>
        <source>{some}/{all} layers</source>
        <translation>{some}/{all} Schichten</translation>
    </message>
    <message>
        <source>{n} year ago</source>
        <translation>vor {n} Jahr</translation>
    </message>
    <message>
        <source>{n} years ago</source>
        <translation>vor {n} Jahren</translation>
    </message>
    <message>
        <source>{n} month ago</source>
        <translation>vor {n} Monat</translation>
    </message>
    <message>
        <source>{n} months ago</source>
        <translation>vor {n} Monaten</translation>
    </message>
    <message>
        <source>{n} week ago</source>
        <translation>vor {n} Woche</translation>
    </message>
    <message>
        <source>{n} weeks ago</source>
        <translation>vor {n} Wochen</translation>
    </message>
    <message>
        <source>{n} day ago</source>
        <translation>vor {n} Tag</translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation>vor {n} Tagen</translation>
    </message>
    <message>
        <source>{n} hour ago</source>
        <translation>vor {n} Stunde</translation>
    </message>
    <message>
        <source>{n} hours ago</source>
        <translation>vor {n} Stunden</translation>
    </message>
    <message>
        <source>{n} minute ago</source>
        <translation>vor {n} Minute</translation>
    </message>
    <message>
        <source>{n} minutes ago</source>
        <translation>vor {n} Minuten</translation>
    </message>
    <message>
        <source>in the future</source>
        <translation>in der Zukunft</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>cells: {changes}</source>
        <translation>Zellen: {changes}</translation>
    </message>
    <message>
        <source>no cell changed</source>
        <translation>keine Zelle geändert</translation>
    </message>
    <message>
        <source>in conflict: what both sides began with</source>
        <translation>im Konflikt: womit beide Seiten begannen</translation>
    </message>
    <message>
        <source>in conflict: where the merge goes</source>
        <translation>im Konflikt: wohin zusammengeführt wird</translation>
    </message>
    <message>
        <source>in conflict: what is merged into it</source>
        <translation>im Konflikt: was hineingeführt wird</translation>
    </message>
    <message>
        <source>(no message)</source>
        <translation>(ohne Beschreibung)</translation>
    </message>
    <message>
        <source>Working tree</source>
        <translation>Arbeitsverzeichnis</translation>
    </message>
    <message>
        <source>Staged</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>the file as it is on disk</source>
        <translation>die Datei, wie sie auf der Platte ist</translation>
    </message>
    <message>
        <source>what the next commit would hold</source>
        <translation>was der nächste Commit enthielte</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>Zusammenführung</translation>
    </message>
    <message>
        <source>{count} min ago</source>
        <translation>vor {count} min</translation>
    </message>
    <message>
        <source>{count} h ago</source>
        <translation>vor {count} h</translation>
    </message>
    <message>
        <source>{count} days ago</source>
        <translation>vor {count} Tagen</translation>
    </message>
    <message>
        <source>{name} — nbreview</source>
        <translation>{name} — nbreview</translation>
    </message>
    <message>
        <source>The current change</source>
        <translation>Die aktuelle Änderung</translation>
    </message>
    <message>
        <source>nbreview made a mistake ({kind}) while it was busy with: {title}. Go on, or look at the report and send it in.</source>
        <translation>nbreview hat einen Fehler gemacht ({kind}), beschäftigt mit: {title}. Weitermachen oder den Bericht ansehen und einsenden.</translation>
    </message>
    <message>
        <source>nbreview {version__}, Apache-2.0. Uses Qt under the LGPL.</source>
        <translation>nbreview {version__}, Apache-2.0. Verwendet Qt unter der LGPL.</translation>
    </message>
    <message>
        <source>{n} find</source>
        <translation>{n} Fundstelle</translation>
    </message>
    <message>
        <source>{n} finds</source>
        <translation>{n} Fundstellen</translation>
    </message>
    <message>
        <source>Choose a revision in the history, or open a notebook, to see what changed.</source>
        <translation>Wählen Sie eine Revision im Verlauf, oder öffnen Sie ein Notebook, um zu sehen, was sich geändert hat.</translation>
    </message>
    <message>
        <source>No such cell; type a number, [count] or id.</source>
        <translation>Keine solche Zelle; eine Nummer, [Zähler] oder ID eingeben.</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>from cell {cell}</source>
        <translation>aus Zelle {cell}</translation>
    </message>
    <message>
        <source>split from cell {cell}</source>
        <translation>abgetrennt von Zelle {cell}</translation>
    </message>
    <message>
        <source>merged into cell {cell}</source>
        <translation>zusammengeführt in Zelle {cell}</translation>
    </message>
    <message>
        <source>copy of cell {cell}</source>
        <translation>Kopie von Zelle {cell}</translation>
    </message>
    <message>
        <source>{n} changed output, hidden</source>
        <translation>{n} geänderte Ausgabe, verborgen</translation>
    </message>
    <message>
        <source>{n} changed outputs, hidden</source>
        <translation>{n} geänderte Ausgaben, verborgen</translation>
    </message>
    <message>
        <source>{n} output unchanged</source>
        <translation>{n} Ausgabe unverändert</translation>
    </message>
    <message>
        <source>{n} outputs unchanged</source>
        <translation>{n} Ausgaben unverändert</translation>
    </message>
    <message>
        <source>cell {base} moved to cell {head}</source>
        <translation>Zelle {base} verschoben nach Zelle {head}</translation>
    </message>
    <message>
        <source>Cell {number}, {cell_type}, {word}</source>
        <translation>Zelle {number}, {cell_type}, {word}</translation>
    </message>
    <message>
        <source>Output: {what}</source>
        <translation>Ausgabe: {what}</translation>
    </message>
    <message>
        <source>Output, {category}, {word}:</source>
        <translation>Ausgabe, {category}, {word}:</translation>
    </message>
    <message>
        <source>Metadata:</source>
        <translation>Metadaten:</translation>
    </message>
    <message>
        <source>metadata differs</source>
        <translation>Metadaten verschieden</translation>
    </message>
    <message>
        <source>compared coarsely</source>
        <translation>grob verglichen</translation>
    </message>
    <message>
        <source>now ends in an error</source>
        <translation>endet jetzt mit einem Fehler</translation>
    </message>
    <message>
        <source>no longer ends in an error</source>
        <translation>endet nicht mehr mit einem Fehler</translation>
    </message>
    <message>
        <source>another error</source>
        <translation>ein anderer Fehler</translation>
    </message>
    <message>
        <source>outputs differ</source>
        <translation>Ausgaben verschieden</translation>
    </message>
    <message>
        <source>picture differs</source>
        <translation>Bild verschieden</translation>
    </message>
    <message>
        <source>picture {sizes}</source>
        <translation>Bild {sizes}</translation>
    </message>
    <message>
        <source>picture differs in under 0.1 %</source>
        <translation>Bild zu unter 0,1 % verschieden</translation>
    </message>
    <message>
        <source>picture differs in {percent} %</source>
        <translation>Bild zu {percent} % verschieden</translation>
    </message>
    <message>
        <source>{n} table cell differs</source>
        <translation>{n} Tabellenzelle verschieden</translation>
    </message>
    <message>
        <source>{n} table cells differ</source>
        <translation>{n} Tabellenzellen verschieden</translation>
    </message>
    <message>
        <source>{n} row</source>
        <translation>{n} Zeile</translation>
    </message>
    <message>
        <source>{n} rows</source>
        <translation>{n} Zeilen</translation>
    </message>
    <message>
        <source>{n} column</source>
        <translation>{n} Spalte</translation>
    </message>
    <message>
        <source>{n} columns</source>
        <translation>{n} Spalten</translation>
    </message>
    <message>
        <source>table differs</source>
        <translation>Tabelle verschieden</translation>
    </message>
    <message>
        <source>{n} unchanged cell</source>
        <translation>{n} unveränderte Zelle</translation>
    </message>
    <message>
        <source>{n} unchanged cells</source>
        <translation>{n} unveränderte Zellen</translation>
    </message>
    <message>
        <source>{n} unchanged line</source>
        <translation>{n} unveränderte Zeile</translation>
    </message>
    <message>
        <source>{n} unchanged lines</source>
        <translation>{n} unveränderte Zeilen</translation>
    </message>
    <message>
        <source>{n} output</source>
        <translation>{n} Ausgabe</translation>
    </message>
    <message>
        <source>{n} outputs</source>
        <translation>{n} Ausgaben</translation>
    </message>
    <message>
        <source>{n} metadata change</source>
        <translation>{n} Metadatenänderung</translation>
    </message>
    <message>
        <source>{n} metadata changes</source>
        <translation>{n} Metadatenänderungen</translation>
    </message>
    <message>
        <source>{n} more line</source>
        <translation>{n} weitere Zeile</translation>
    </message>
    <message>
        <source>{n} more lines</source>
        <translation>{n} weitere Zeilen</translation>
    </message>
    <message>
        <source>{n} earlier line</source>
        <translation>{n} frühere Zeile</translation>
    </message>
    <message>
        <source>{n} earlier lines</source>
        <translation>{n} frühere Zeilen</translation>
    </message>
    <message>
        <source>{n:,} cell differs</source>
        <translation>{n:,} Zelle verschieden</translation>
    </message>
    <message>
        <source>{n:,} cells differ</source>
        <translation>{n:,} Zellen verschieden</translation>
    </message>
    <message>
        <source>+ {n:,} row added</source>
        <translation>+ {n:,} Zeile hinzugefügt</translation>
    </message>
    <message>
        <source>+ {n:,} rows added</source>
        <translation>+ {n:,} Zeilen hinzugefügt</translation>
    </message>
    <message>
        <source>− {n:,} row removed</source>
        <translation>− {n:,} Zeile entfernt</translation>
    </message>
    <message>
        <source>− {n:,} rows removed</source>
        <translation>− {n:,} Zeilen entfernt</translation>
    </message>
    <message>
        <source>⇄ {n:,} row moved</source>
        <translation>⇄ {n:,} Zeile verschoben</translation>
    </message>
    <message>
        <source>⇄ {n:,} rows moved</source>
        <translation>⇄ {n:,} Zeilen verschoben</translation>
    </message>
    <message>
        <source>+ {n:,} column added</source>
        <translation>+ {n:,} Spalte hinzugefügt</translation>
    </message>
    <message>
        <source>+ {n:,} columns added</source>
        <translation>+ {n:,} Spalten hinzugefügt</translation>
    </message>
    <message>
        <source>− {n:,} column removed</source>
        <translation>− {n:,} Spalte entfernt</translation>
    </message>
    <message>
        <source>− {n:,} columns removed</source>
        <translation>− {n:,} Spalten entfernt</translation>
    </message>
    <message>
        <source>⇄ {n:,} column moved</source>
        <translation>⇄ {n:,} Spalte verschoben</translation>
    </message>
    <message>
        <source>⇄ {n:,} columns moved</source>
        <translation>⇄ {n:,} Spalten verschoben</translation>
    </message>
    <message>
        <source>numbers within {tolerance:g} of each other (relative) are equal</source>
        <translation>Zahlen gelten bis {tolerance:g} (relativ) als gleich</translation>
    </message>
    <message>
        <source>the table goes on: only its first part was read</source>
        <translation>die Tabelle geht weiter: nur ihr Anfang wurde gelesen</translation>
    </message>
    <message>
        <source>{rows:,} row × {columns:,}</source>
        <translation>{rows:,} Zeile × {columns:,}</translation>
    </message>
    <message>
        <source>{rows:,} rows × {columns:,}</source>
        <translation>{rows:,} Zeilen × {columns:,}</translation>
    </message>
    <message>
        <source>{sizes} column</source>
        <translation>{sizes} Spalte</translation>
    </message>
    <message>
        <source>{sizes} columns</source>
        <translation>{sizes} Spalten</translation>
    </message>
    <message>
        <source>Settings could not be kept in {path} ({reason}); make it writable.</source>
        <translation>Einstellungen konnten nicht in {path} gespeichert werden ({reason}); die Datei beschreibbar machen.</translation>
    </message>
    <message>
        <source>The notebook holds no {name} here; run the cell again to draw it anew.</source>
        <translation>Das Notebook enthält hier kein {name}; die Zelle erneut ausführen, um es neu zu zeichnen.</translation>
    </message>
    <message>
        <source>What the notebook calls a {name} is none that can be read; run the cell again to draw it anew.</source>
        <translation>Was im Notebook {name} heißt, ist als solches nicht lesbar; die Zelle erneut ausführen, um es neu zu zeichnen.</translation>
    </message>
    <message>
        <source>This {name} is damaged ({reason}); run the cell again to draw it anew.</source>
        <translation>Dieses {name} ist beschädigt ({reason}); die Zelle erneut ausführen, um es neu zu zeichnen.</translation>
    </message>
    <message>
        <source>This SVG cannot be read, or takes too much to draw; save it, and open the file in a viewer of pictures.</source>
        <translation>Dieses SVG ist nicht lesbar oder zu aufwendig zu zeichnen; speichern und die Datei in einem Bildbetrachter öffnen.</translation>
    </message>
    <message>
        <source>This {name} of {width} × {height} pixels is too large to be shown here; save it, and open the file in a viewer of pictures.</source>
        <translation>Dieses {name} mit {width} × {height} Pixeln ist zu groß, um hier gezeigt zu werden; speichern und die Datei in einem Bildbetrachter öffnen.</translation>
    </message>
    <message>
        <source>one side cannot be shown: nothing to compare</source>
        <translation>eine Seite lässt sich nicht zeigen: nichts zu vergleichen</translation>
    </message>
    <message>
        <source>{difference}, as drawn</source>
        <translation>{difference}, wie gezeichnet</translation>
    </message>
    <message>
        <source>Open in browser…</source>
        <translation>Im Browser öffnen…</translation>
    </message>
    <message>
        <source>Open</source>
        <comment>button</comment>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Table: {words}. Enter opens it in a window that sorts and filters.</source>
        <translation>Tabelle: {words}. Enter öffnet sie in einem Fenster, das sortiert und filtert.</translation>
    </message>
    <message>
        <source>{count} more row</source>
        <translation>{count} weitere Zeile</translation>
    </message>
    <message>
        <source>{count} more rows</source>
        <translation>{count} weitere Zeilen</translation>
    </message>
    <message>
        <source>This picture cannot be shown ({kind}: {reason}); save it to look at the file.</source>
        <translation>Dieses Bild lässt sich nicht zeigen ({kind}: {reason}); speichern und die Datei ansehen.</translation>
    </message>
    <message>
        <source>Only the source differs: it reads the same.</source>
        <translation>Nur der Quelltext ist verschieden: Es liest sich gleich.</translation>
    </message>
    <message>
        <source>This text cannot be rendered ({reason}).</source>
        <translation>Dieser Text lässt sich nicht rendern ({reason}).</translation>
    </message>
    <message>
        <source>This pattern takes too long; make it plainer.</source>
        <translation>Dieses Muster dauert zu lange; ein einfacheres wählen.</translation>
    </message>
    <message>
        <source>Not a regular expression: {reason}.</source>
        <translation>Kein regulärer Ausdruck: {reason}.</translation>
    </message>
    <message>
        <source>{count} more characters</source>
        <translation>noch {count} Zeichen</translation>
    </message>
    <message>
        <source>{n} cells without a crash found</source>
        <translation>{n} Zellen ohne gefundenen Absturz</translation>
    </message>
    <message>
        <source>{n} gone since base</source>
        <translation>{n} seit der Basis weg</translation>
    </message>
    <message>
        <source>{n} dismissed</source>
        <translation>{n} verworfen</translation>
    </message>
    <message>
        <source>It is not known for this cell where a bad value came from; a dry run or stand-ins may tell.</source>
        <translation>Für diese Zelle ist nicht bekannt, woher ein schlechter Wert kam; ein Probelauf oder Platzhalter können es zeigen.</translation>
    </message>
    <message>
        <source>Stale: cells have run since. Look again.</source>
        <translation>Veraltet: Seitdem sind Zellen gelaufen. Neu lesen.</translation>
    </message>
    <message>
        <source>Stale: cell {numbers} has changed since the kernel ran them. Restart the kernel and run to here.</source>
        <translation>Veraltet: Zelle {numbers} hat sich geändert, seit der Kernel sie ausgeführt hat. Den Kernel neu starten und bis hierher ausführen.</translation>
    </message>
    <message>
        <source>Stale: cells {numbers} have changed since the kernel ran them. Restart the kernel and run to here.</source>
        <translation>Veraltet: Die Zellen {numbers} haben sich geändert, seit der Kernel sie ausgeführt hat. Den Kernel neu starten und bis hierher ausführen.</translation>
    </message>
    <message>
        <source>Not everything is shown: there is more than can be looked at in a moment.</source>
        <translation>Nicht alles wird gezeigt: Es gibt mehr, als sich in einem Augenblick lesen lässt.</translation>
    </message>
    <message numerus="yes">
        <source>%n rows written to {path}, with {manifest} in it.</source>
        <translation>
            <numerusform>%n Zeile nach {path} geschrieben, mit {manifest} darin.</numerusform>
            <numerusform>%n Zeilen nach {path} geschrieben, mit {manifest} darin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows written to {path}, with {manifest} beside it.</source>
        <translation>
            <numerusform>%n Zeile nach {path} geschrieben, mit {manifest} daneben.</numerusform>
            <numerusform>%n Zeilen nach {path} geschrieben, mit {manifest} daneben.</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading what is stored</source>
        <translation>Gespeichertes wird gelesen</translation>
    </message>
    <message>
        <source>Looking for what is asked for</source>
        <translation>Ausgewähltes wird gesucht</translation>
    </message>
    <message>
        <source>Counting rows</source>
        <translation>Zeilen werden gezählt</translation>
    </message>
    <message>
        <source>Making the row</source>
        <translation>Die Zeile wird erstellt</translation>
    </message>
    <message>
        <source>{count} distinct</source>
        <translation>{count} verschiedene</translation>
    </message>
    <message>
        <source>scalar</source>
        <translation>Skalar</translation>
    </message>
    <message>
        <source>{count} item</source>
        <translation>{count} Element</translation>
    </message>
    <message>
        <source>{count} items</source>
        <translation>{count} Elemente</translation>
    </message>
    <message>
        <source>{count} example</source>
        <translation>{count} Beispiel</translation>
    </message>
    <message>
        <source>{count} examples</source>
        <translation>{count} Beispiele</translation>
    </message>
    <message>
        <source>{count} sample</source>
        <translation>{count} Stichprobe</translation>
    </message>
    <message>
        <source>{count} samples</source>
        <translation>{count} Stichproben</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} Parameter</translation>
    </message>
    <message>
        <source>of {kinds}</source>
        <translation>aus {kinds}</translation>
    </message>
    <message>
        <source>fitted</source>
        <translation>angepasst</translation>
    </message>
    <message>
        <source>not fitted</source>
        <translation>nicht angepasst</translation>
    </message>
</context>
</TS>
