package dev.headroom.proxy.postgres.catalogue;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A normalised statement with {@code $1}, {@code $2} and so on where it has {@code ?}, so that the server can plan it.
 *
 * @param text the statement; null where its plan would not be that of the statement which ran
 * @param trouble why; null where there is a text
 */
record NumberedParameters(@Nullable String text, @Nullable String trouble) {
    /** {@code ORDER BY 1} is normalised to {@code ORDER BY ?}, which sorts by nothing. */
    private static final Pattern POSITION = Pattern.compile(
            "\\b(?:order|group) by (?:[^()]*?, )?\\?(?= ?(?:,|asc\\b|desc\\b|nulls\\b|limit\\b|offset\\b|fetch\\b|for\\b|having\\b|\\)|$))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OPERATOR = Pattern.compile("[-+*/<>=~!@#%^&|`]\\?(?!\\?)|\\?[-|&#]");

    static NumberedParameters of(String shape) {
        if (POSITION.matcher(shape).find()) {
            return not("it orders or groups by the position of a column, which its normalised text no longer has");
        }
        if (OPERATOR.matcher(shape).find()) {
            return not("it has an operator with a question mark, which its normalised text has for values, too");
        }
        StringBuilder text = new StringBuilder(shape.length() + 32);
        boolean quoted = false;
        int number = 0;
        for (int i = 0; i < shape.length(); i++) {
            char c = shape.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            if (quoted || c != '?') {
                if (!quoted && (c == ';' || c == '\'')) {
                    return not("its normalised text is not one plain statement");
                }
                text.append(c);
            } else {
                text.append('$').append(++number);
            }
        }
        return new NumberedParameters(text.toString(), null);
    }

    private static NumberedParameters not(String why) {
        return new NumberedParameters(null, why);
    }
}
