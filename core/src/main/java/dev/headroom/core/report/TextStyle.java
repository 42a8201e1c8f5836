package dev.headroom.core.report;

import java.util.Map;

/**
 * How text for a terminal looks.
 *
 * @param width columns, at least 40
 * @param colour whether escape sequences may be written
 */
public record TextStyle(int width, boolean colour) {
    /** For files and pipes: 80 columns, no colour. */
    public static final TextStyle PLAIN = new TextStyle(80, false);

    private static final int MAX_WIDTH = 160;

    public TextStyle {
        if (width < 40) {
            throw new IllegalArgumentException("a report needs at least 40 columns: " + width);
        }
    }

    /**
     * The style for a terminal, or for what is not one: no colour without a terminal, with {@code NO_COLOR} set to
     * anything (no-color.org) or with {@code TERM=dumb}; the width from {@code COLUMNS} where it is a number.
     */
    public static TextStyle of(boolean terminal, Map<String, String> environment) {
        boolean colour = terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        String columns = environment.getOrDefault("COLUMNS", "");
        boolean number =
                columns.length() < 5 && !columns.isEmpty() && columns.chars().allMatch(Character::isDigit);
        int width = number ? Integer.parseInt(columns) : PLAIN.width;
        return new TextStyle(Math.max(40, Math.min(MAX_WIDTH, width)), colour);
    }

    String bold(String text) {
        return paint(text, "1");
    }

    String dim(String text) {
        return paint(text, "2");
    }

    String red(String text) {
        return paint(text, "31");
    }

    String yellow(String text) {
        return paint(text, "33");
    }

    String green(String text) {
        return paint(text, "32");
    }

    private String paint(String text, String code) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
