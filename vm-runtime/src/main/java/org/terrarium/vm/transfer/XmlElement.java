package org.terrarium.vm.transfer;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a small XML document; namespaces are left out of names, since the dialects of OVF differ in them. Nothing outside
 * the document is ever read: a document type, and with it every entity but XML's own five, is refused.
 */
final class XmlElement {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 100_000;

    private final String name;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlElement(String name) {
        this.name = name;
    }

    /** The document's root; IllegalArgumentException with a sentence where it is no XML that may be read. */
    static XmlElement parse(InputStream document) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(document);
            try {
                return tree(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            String place =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNumber() + ")";
            throw new IllegalArgumentException("it is not valid XML" + place, e);
        }
    }

    private static XmlElement tree(XMLStreamReader reader) throws XMLStreamException {
        Deque<XmlElement> open = new ArrayDeque<>();
        XmlElement root = null;
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IllegalArgumentException(
                            "it has a document type or entities, which are not allowed there");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MAX_ELEMENTS || open.size() == MAX_DEPTH) {
                        throw new IllegalArgumentException("it is too large or too deep to describe a machine");
                    }
                    XmlElement element = start(reader);
                    if (root == null) {
                        root = element;
                    } else {
                        open.element().children.add(element);
                    }
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(reader.getText());
                    }
                }
                default -> {
                    // Comments and processing instructions say nothing about a machine.
                }
            }
        }
        return root;
    }

    private static XmlElement start(XMLStreamReader reader) {
        XmlElement element = new XmlElement(reader.getLocalName());
        for (int n = 0; n < reader.getAttributeCount(); n++) {
            element.attributes.put(reader.getAttributeLocalName(n), reader.getAttributeValue(n));
        }
        return element;
    }

    String name() {
        return name;
    }

    /** The attribute, or "". */
    String attribute(String of) {
        return attributes.getOrDefault(of, "");
    }

    /** What is written in it, without blanks at the ends. */
    String text() {
        return text.toString().strip();
    }

    List<XmlElement> children(String of) {
        return children.stream().filter(child -> child.name.equals(of)).toList();
    }

    /** The text of the first child of that name, or "". */
    String childText(String of) {
        return children(of).stream().findFirst().map(XmlElement::text).orElse("");
    }

    /** All elements of that name below this one, in the order of the document. */
    Stream<XmlElement> all(String of) {
        return children.stream()
                .flatMap(child ->
                        Stream.concat(child.name.equals(of) ? Stream.of(child) : Stream.empty(), child.all(of)));
    }
}
