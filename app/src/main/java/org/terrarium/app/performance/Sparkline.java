package org.terrarium.app.performance;

import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

/** A small chart of the last minute, the newest value at the right. Its top is the largest value, but at least a given one. */
final class Sparkline extends Region {
    private final Polyline line = new Polyline();
    private final Polygon area = new Polygon();
    private final double least;
    private double[] values = {};

    Sparkline(double least) {
        this.least = least;
        getStyleClass().add("sparkline");
        line.getStyleClass().add("sparkline-line");
        area.getStyleClass().add("sparkline-area");
        line.setManaged(false);
        area.setManaged(false);
        getChildren().addAll(area, line);
        setPrefSize(220, 48);
        setMinSize(80, 32);
    }

    void show(double[] newValues) {
        values = newValues;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        line.getPoints().clear();
        area.getPoints().clear();
        if (values.length < 2) {
            return;
        }
        double top = least;
        for (double v : values) {
            top = Math.max(top, v);
        }
        double width = getWidth() - 2;
        double height = getHeight() - 4;
        double step = width / (PerformanceModel.HISTORY - 1);
        double x = 1 + width - step * (values.length - 1);
        area.getPoints().addAll(x, 2 + height);
        for (double v : values) {
            double y = 2 + height * (1 - Math.clamp(v / top, 0, 1));
            line.getPoints().addAll(x, y);
            area.getPoints().addAll(x, y);
            x += step;
        }
        area.getPoints().addAll(x - step, 2 + height);
    }
}
