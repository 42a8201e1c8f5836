package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a text of SQL, or a plan that shows its expressions, may call: each name before a parenthesis, and each operator.
 * More than is called (keywords and column lists stand before parentheses, too), but nothing less, except what only the
 * server can tell: attribute notation, views, casts. Names as the catalogue spells them, without their schema.
 *
 * @param functions names of functions
 * @param operators names of operators
 */
public record CalledNames(Set<String> functions, Set<String> operators) {
    public CalledNames {
        functions = Set.copyOf(functions);
        operators = Set.copyOf(operators);
    }

    /** Those in {@code text}. */
    public static CalledNames in(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Set<String> functions = new TreeSet<>();
        Set<String> operators = new TreeSet<>();
        Lexer lexer = new Lexer();
        lexer.reset(utf8, 0, utf8.length);
        String name = "";
        boolean afterOperand = false;
        for (Token token = lexer.next(false); token != Token.END; token = lexer.next(afterOperand)) {
            String spelled = new String(utf8, lexer.start, lexer.end - lexer.start, StandardCharsets.UTF_8);
            switch (token) {
                case WORD -> name = lowerCase(spelled);
                case QUOTED -> name = unquoted(spelled);
                case OPEN -> {
                    if (!name.isEmpty()) {
                        functions.add(name);
                    }
                    name = "";
                }
                default -> {
                    if (token == Token.OPERATOR || spelled.equals("?")) {
                        operators.add(spelled);
                    }
                    name = "";
                }
            }
            afterOperand = token.endsOperand();
        }
        return new CalledNames(functions, operators);
    }

    /** As the server folds an unquoted name (src/backend/parser/scansup.c): ASCII only, in a UTF-8 database. */
    private static String lowerCase(String word) {
        StringBuilder folded = new StringBuilder(word);
        for (int i = 0; i < folded.length(); i++) {
            if (folded.charAt(i) < 0x80) {
                folded.setCharAt(i, Character.toLowerCase(folded.charAt(i)));
            }
        }
        return folded.toString();
    }

    private static String unquoted(String quoted) {
        String inner = quoted.substring(quoted.indexOf('"') + 1);
        String name = inner.endsWith("\"") ? inner.substring(0, inner.length() - 1) : inner;
        return name.replace("\"\"", "\"");
    }
}
