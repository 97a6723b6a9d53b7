package org.terrarium.app.fx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.transform.Scale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Our icons, from the SVG files in the {@code icons} folder of the source tree. They consist of paths with a fill and a stroke;
 * what is drawn in {@code currentColor} follows the stylesheet.
 */
public final class Icons {
    private static final String CURRENT = "currentColor";
    private static final Map<String, Drawing> LOADED = new ConcurrentHashMap<>();

    private record Stroke(String paint, double width, boolean round) {}

    private record Part(String path, String fill, Stroke stroke) {}

    private record Drawing(double size, List<Part> parts) {}

    private Icons() {}

    /** The icon {@code name} (its file without the ending), {@code size} pixels wide and high. */
    public static Node of(String name, double size) {
        Drawing drawing = LOADED.computeIfAbsent(name, Icons::load);
        Group group = new Group();
        for (Part part : drawing.parts) {
            SVGPath shape = new SVGPath();
            shape.setContent(part.path);
            paint(shape, part);
            group.getChildren().add(shape);
        }
        // An empty frame keeps the icon's box: the paths alone would be cut to what they cover.
        SVGPath frame = new SVGPath();
        frame.setContent("M0 0H" + drawing.size + "V" + drawing.size + "H0Z");
        frame.setFill(Color.TRANSPARENT);
        group.getChildren().addFirst(frame);
        group.getTransforms().add(new Scale(size / drawing.size, size / drawing.size));
        StackPane box = new StackPane(new Group(group));
        box.setMinSize(size, size);
        box.setMaxSize(size, size);
        box.setMouseTransparent(true);
        box.getStyleClass().add("icon");
        return box;
    }

    /** The icon as a picture with its own colours, for window managers. */
    public static Image image(String name, double size) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        return of(name, size).snapshot(parameters, null);
    }

    private static void paint(SVGPath shape, Part part) {
        if (part.fill.equals(CURRENT)) {
            shape.getStyleClass().add("icon-fill");
        } else {
            shape.setFill(part.fill.equals("none") ? null : Color.web(part.fill));
        }
        Stroke stroke = part.stroke;
        if (stroke.paint.equals("none")) {
            return;
        }
        shape.setStrokeWidth(stroke.width);
        if (stroke.round) {
            shape.setStrokeLineCap(StrokeLineCap.ROUND);
            shape.setStrokeLineJoin(StrokeLineJoin.ROUND);
        }
        if (stroke.paint.equals(CURRENT)) {
            shape.getStyleClass().add("icon-stroke");
        } else {
            shape.setStroke(Color.web(stroke.paint));
        }
    }

    private static Drawing load(String name) {
        try (InputStream in = Icons.class.getResourceAsStream("/org/terrarium/app/icons/" + name + ".svg")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no icon named " + name);
            }
            return parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("The icon " + name + " is no proper SVG file", e);
        }
    }

    private static Drawing parse(InputStream in) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader reader = factory.createXMLStreamReader(in);
        double size = 24;
        Part inherited = new Part("", "#000000", new Stroke("none", 1, false));
        List<Part> parts = new ArrayList<>();
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            Part part = part(reader, inherited);
            if (reader.getLocalName().equals("svg")) {
                size = Double.parseDouble(
                        reader.getAttributeValue(null, "viewBox").split(" ")[2]);
                inherited = part;
            } else if (reader.getLocalName().equals("path")) {
                parts.add(part);
            }
        }
        return new Drawing(size, parts);
    }

    private static Part part(XMLStreamReader reader, Part inherited) {
        Stroke from = inherited.stroke;
        Stroke stroke = new Stroke(
                attribute(reader, "stroke", from.paint),
                Double.parseDouble(attribute(reader, "stroke-width", Double.toString(from.width))),
                attribute(reader, "stroke-linecap", from.round ? "round" : "butt")
                        .equals("round"));
        return new Part(attribute(reader, "d", ""), attribute(reader, "fill", inherited.fill), stroke);
    }

    private static String attribute(XMLStreamReader reader, String name, String otherwise) {
        String value = reader.getAttributeValue(null, name);
        return value == null ? otherwise : value;
    }
}
