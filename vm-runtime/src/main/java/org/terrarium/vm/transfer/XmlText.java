package org.terrarium.vm.transfer;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a small XML document with one element a line. Names may have prefixes, whose declarations are attributes. */
final class XmlText {
    /** A step that the writer could only refuse to a file. */
    private interface Step {
        void write() throws XMLStreamException;
    }

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;
    private int depth;

    XmlText() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private XmlText step(Step step) {
        try {
            step.write();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e); // a text in memory has no errors
        }
    }

    /** @param attributes names and values in turn; one without a value is left out */
    XmlText start(String name, String... attributes) {
        return step(() -> {
            line();
            xml.writeStartElement(name);
            put(attributes);
            depth++;
        });
    }

    XmlText end() {
        return step(() -> {
            depth--;
            line();
            xml.writeEndElement();
        });
    }

    /** An element with nothing in it. */
    XmlText empty(String name, String... attributes) {
        return step(() -> {
            line();
            xml.writeEmptyElement(name);
            put(attributes);
        });
    }

    /** An element with a text in it; control characters, which XML has no place for, become blanks. */
    XmlText leaf(String name, String content, String... attributes) {
        return step(() -> {
            line();
            xml.writeStartElement(name);
            put(attributes);
            xml.writeCharacters(content.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", " "));
            xml.writeEndElement();
        });
    }

    private void put(String... attributes) throws XMLStreamException {
        for (int n = 0; n < attributes.length; n += 2) {
            if (attributes[n + 1] != null) {
                xml.writeAttribute(attributes[n], attributes[n + 1]);
            }
        }
    }

    private void line() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    String text() {
        step(xml::writeEndDocument);
        step(xml::flush);
        return text + "\n";
    }
}
