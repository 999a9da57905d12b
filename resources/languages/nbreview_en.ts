<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>The comment was deleted with %n answer(s).</source>
        <translation>
            <numerusform>The comment was deleted with %n answer.</numerusform>
            <numerusform>The comment was deleted with %n answers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n comment(s)</source>
        <translation>
            <numerusform>%n comment</numerusform>
            <numerusform>%n comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more thread(s) below these.</source>
        <translation>
            <numerusform>%n more thread below these.</numerusform>
            <numerusform>%n more threads below these.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cells wait in {name}; accept them in the review.</source>
        <translation>
            <numerusform>%n cell waits in {name}; accept it in the review.</numerusform>
            <numerusform>%n cells wait in {name}; accept them in the review.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n rows</source>
        <translation>
            <numerusform>about %n row</numerusform>
            <numerusform>about %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open comment(s)</source>
        <translation>
            <numerusform>%n open comment</numerusform>
            <numerusform>%n open comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n resolved comment(s)</source>
        <translation>
            <numerusform>%n resolved comment</numerusform>
            <numerusform>%n resolved comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Suggested for %n cells, which change together; nothing is written before you accept.</source>
        <translation>
            <numerusform>Suggested for %n cell; nothing is written before you accept.</numerusform>
            <numerusform>Suggested for %n cells, which change together; nothing is written before you accept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows written to {path}, with {manifest} in it.</source>
        <translation>
            <numerusform>%n row written to {path}, with {manifest} in it.</numerusform>
            <numerusform>%n rows written to {path}, with {manifest} in it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rows written to {path}, with {manifest} beside it.</source>
        <translation>
            <numerusform>%n row written to {path}, with {manifest} beside it.</numerusform>
            <numerusform>%n rows written to {path}, with {manifest} beside it.</numerusform>
        </translation>
    </message>
</context>
</TS>
