package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text is one statement that does nothing but read, as far as its words tell: a SELECT, VALUES, TABLE or WITH
 * without data-modifying parts, row locks and INTO. Refuses rather than guesses: a column named {@code update} has to be
 * quoted to pass. What its functions do is for {@link CalledNames} and the server to say. PostgreSQL's manual, "SELECT"
 * and "WITH Queries" (7.8).
 */
public final class ReadOnlyText {
    private static final Set<String> FIRST = Set.of("SELECT", "VALUES", "TABLE", "WITH");
    private static final Set<String> CHANGING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "INTO");
    private static final Set<String> LOCKING = Set.of("UPDATE", "SHARE", "NO", "KEY");

    private ReadOnlyText() {}

    /** Why {@code text} may do more than read, as the end of a sentence; null where its words say nothing of the kind. */
    public static @Nullable String trouble(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Lexer lexer = new Lexer();
        lexer.reset(utf8, 0, utf8.length);
        Token before = Token.END;
        String wordBefore = "";
        boolean begun = false;
        boolean ended = false;
        for (Token token = lexer.next(false); token != Token.END; token = lexer.next(before.endsOperand())) {
            if (ended && token != Token.SEMICOLON) {
                return "it is more than one statement";
            }
            String word = "";
            if (token == Token.SEMICOLON) {
                ended = begun;
            } else if (token == Token.WORD) {
                word = new String(utf8, lexer.start, lexer.end - lexer.start, StandardCharsets.UTF_8)
                        .toUpperCase(Locale.ROOT);
                if (!begun && !FIRST.contains(word)) {
                    return "it begins with " + word + ", and only SELECT, VALUES, TABLE and WITH are run";
                }
                if (wordBefore.equals("FOR") && LOCKING.contains(word)) {
                    return "it locks rows (FOR " + word + ")";
                }
                if (before != Token.DOT && CHANGING.contains(word)) {
                    return "it has the word " + word + ", so it may change data";
                }
                begun = true;
            } else if (!begun && token != Token.OPEN) {
                return "it begins with neither SELECT, VALUES, TABLE nor WITH";
            } else if (token == Token.QUOTED && utf8[lexer.start] != '"') {
                return "it spells a name in Unicode escapes";
            }
            before = token;
            wordBefore = word;
        }
        return begun ? null : "it is empty";
    }
}
