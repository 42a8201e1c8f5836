package dev.headroom.core.report;

import java.util.ArrayList;
import java.util.List;

/** Fits text into columns. */
final class TextLines {
    private TextLines() {}

    /** Breaks at spaces; a word that is longer than {@code width} is broken where it must be. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > width / 3 ? space : width;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Cuts out the middle, where paths differ least. */
    static String fit(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int tail = (width - 1) / 2;
        return text.substring(0, width - 1 - tail) + "…" + text.substring(text.length() - tail);
    }

    /** A statement in at most {@code width} columns: first its list of columns goes, then its end. */
    static String sql(String text, int width) {
        String line = text;
        int from = line.indexOf(" FROM ");
        if (line.length() > width && line.startsWith("SELECT ") && from > 12) {
            line = "SELECT …" + line.substring(from);
        }
        return line.length() <= width ? line : line.substring(0, width - 1) + "…";
    }

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
