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
        <translation>Vorschläge gelten der Datei selbst, und als Head wird ein anderer Stand gezeigt; den Arbeitsbaum im Verlauf wählen.</translation>
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
</context>
</TS>
