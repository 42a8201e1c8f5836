package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits PostgreSQL's SQL into tokens without copying: "Lexical Structure" in PostgreSQL's manual (4.1), with
 * {@code standard_conforming_strings} on, and JDBC's question marks. Comments are skipped, except for a trace id in
 * them. Never fails: what is left open at the end ends there. For one thread.
 */
final class Lexer {
    private static final byte OTHER = 0;
    private static final byte SPACE = 1;
    private static final byte LETTER = 2;
    private static final byte DIGIT = 3;
    private static final byte OPERATOR = 4;
    private static final byte[] UESCAPE = "uescape".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLASSES = new byte[256];
    private static final boolean[] IN_WORD = new boolean[256];

    static {
        for (char c : " \t\n\r\f\u000b".toCharArray()) {
            CLASSES[c] = SPACE;
        }
        for (int c = 0; c < 256; c++) {
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80) {
                CLASSES[c] = LETTER;
            } else if (c >= '0' && c <= '9') {
                CLASSES[c] = DIGIT;
            }
        }
        for (char c : "+-*/<>=~!@#%^&|`".toCharArray()) {
            CLASSES[c] = OPERATOR;
        }
        for (int c = 0; c < 256; c++) {
            IN_WORD[c] = CLASSES[c] == LETTER || CLASSES[c] == DIGIT || c == '$';
        }
    }

    private byte[] text = new byte[0];
    private int limit;
    private int position;
    private @Nullable String traceId;

    /** The token's first byte. */
    int start;

    /** Behind the token's last byte. */
    int end;

    /** Whether white space or a comment came before the token. */
    boolean spaced;

    /** The form of a {@link Token#STRING}. */
    StringForm form = StringForm.PLAIN;

    /** A string's first byte, its opening quote not included; it may be in parts ({@link Continuation}). */
    int bodyStart;

    /** Behind a string's last byte, its closing quote not included. */
    int bodyEnd;

    /** What begins an escape in a string; 0 where nothing does. */
    byte escape;

    void reset(byte[] utf8, int offset, int length) {
        text = utf8;
        position = offset;
        limit = offset + length;
        traceId = null;
    }

    /** The type that the token is cast to right behind it; 0 where it isn't or where that makes no difference. */
    int castOid() {
        return CastName.oid(text, end, limit);
    }

    /** Lets go of the text. */
    void release() {
        text = new byte[0];
    }

    /** The trace id that a comment named since the last call; null where none did. */
    @Nullable
    String takeTraceId() {
        String taken = traceId;
        traceId = null;
        return taken;
    }

    /** The next token; {@code afterOperand} tells a subtraction from a sign. */
    Token next(boolean afterOperand) {
        skipSpace();
        start = position;
        if (position >= limit) {
            end = position;
            return Token.END;
        }
        Token token = scan(text[position], afterOperand);
        end = position;
        return token;
    }

    private Token scan(byte c, boolean afterOperand) {
        switch (CLASSES[c & 0xFF]) {
            case LETTER:
                return word(c);
            case DIGIT:
                return number();
            case OPERATOR:
                return operator(c, afterOperand);
            default:
                return switch (c) {
                    case '\'' -> string(StringForm.PLAIN, 0);
                    case '"' -> quoted();
                    case '$' -> dollar();
                    case '?' -> questionMark();
                    case ':' -> colon();
                    case '.' -> classAt(position + 1) == DIGIT && !afterOperand ? number() : one(Token.DOT);
                    case '(' -> one(Token.OPEN);
                    case ')' -> one(Token.CLOSE);
                    case '[' -> one(Token.OPEN_BRACKET);
                    case ']' -> one(Token.CLOSE_BRACKET);
                    case ',' -> one(Token.COMMA);
                    case ';' -> one(Token.SEMICOLON);
                    default -> one(Token.OPERATOR);
                };
        }
    }

    private Token one(Token token) {
        position++;
        return token;
    }

    private void skipSpace() {
        int before = position;
        while (position < limit) {
            byte c = text[position];
            if (CLASSES[c & 0xFF] == SPACE) {
                position++;
            } else if (c == '-' && at(position + 1) == '-') {
                int from = position;
                while (position < limit && text[position] != '\n' && text[position] != '\r') {
                    position++;
                }
                comment(from);
            } else if (c == '/' && at(position + 1) == '*') {
                int from = position;
                skipBlockComment();
                comment(from);
            } else {
                break;
            }
        }
        spaced = position > before;
    }

    private void skipBlockComment() {
        int depth = 1;
        position += 2;
        while (position < limit && depth > 0) {
            byte c = text[position++];
            if (c == '*' && at(position) == '/') {
                position++;
                depth--;
            } else if (c == '/' && at(position) == '*') {
                position++;
                depth++;
            }
        }
    }

    private void comment(int from) {
        String found = TraceParent.find(text, from, position);
        if (found != null) {
            traceId = found;
        }
    }

    private Token word(byte first) {
        int second = at(position + 1);
        if (second == '\'') {
            switch (first) {
                case 'e', 'E':
                    return string(StringForm.ESCAPED, 1);
                case 'n', 'N':
                    return string(StringForm.PLAIN, 1);
                case 'b', 'B', 'x', 'X':
                    return string(StringForm.BITS, 1);
                default:
            }
        } else if (second == '&' && (first == 'u' || first == 'U')) {
            if (at(position + 2) == '\'') {
                string(StringForm.UNICODE, 2);
                escapeClause();
                return Token.STRING;
            }
            if (at(position + 2) == '"') {
                position += 2;
                return quoted();
            }
        }
        byte[] bytes = text;
        int behind = position + 1;
        while (behind < limit && IN_WORD[bytes[behind] & 0xFF]) {
            behind++;
        }
        position = behind;
        return Token.WORD;
    }

    private Token number() {
        while (position < limit) {
            byte c = text[position];
            byte type = CLASSES[c & 0xFF];
            if (type == DIGIT || type == LETTER || c == '.') {
                position++;
            } else if ((c == '+' || c == '-') && (text[position - 1] | 0x20) == 'e' && at(start + 1) != 'x') {
                position++;
            } else {
                break;
            }
        }
        return Token.NUMBER;
    }

    private Token operator(byte first, boolean afterOperand) {
        if ((first == '-' || first == '+') && !afterOperand) {
            int next = at(position + 1);
            if (next >= '0' && next <= '9' || next == '.' && classAt(position + 2) == DIGIT) {
                position++;
                return number();
            }
        }
        boolean special = false;
        do {
            byte c = text[position];
            special |= c != '+' && c != '-' && c != '*' && c != '/' && c != '<' && c != '>' && c != '=';
            position++;
        } while (classAt(position) == OPERATOR
                && !(at(position) == '-' && at(position + 1) == '-')
                && !(at(position) == '/' && at(position + 1) == '*'));
        if (first == '@' && position == start + 1 && at(position) == '?') {
            position++;
        }
        // Manual, 4.1.3: an operator cannot end in + or - unless it also contains one of ~ ! @ # % ^ & | `
        while (!special && position > start + 1 && (text[position - 1] == '-' || text[position - 1] == '+')) {
            position--;
        }
        return Token.OPERATOR;
    }

    private Token questionMark() {
        int second = at(position + 1);
        if (second == '|' && at(position + 2) != '|' || second == '&' || second == '?') {
            position += 2;
            return Token.OPERATOR;
        }
        return one(Token.PARAMETER);
    }

    private Token colon() {
        int second = at(position + 1);
        position += second == ':' || second == '=' ? 2 : 1;
        return second == ':' ? Token.CAST : Token.OPERATOR;
    }

    private Token quoted() {
        position = behindQuote(position + 1, '"', false);
        return Token.QUOTED;
    }

    private Token string(StringForm stringForm, int prefix) {
        form = stringForm;
        escape = stringForm == StringForm.ESCAPED || stringForm == StringForm.UNICODE ? (byte) '\\' : 0;
        bodyStart = position + prefix + 1;
        int from = bodyStart;
        int next = position + prefix;
        while (next >= 0) {
            from = next + 1;
            position = behindQuote(from, '\'', stringForm == StringForm.ESCAPED);
            next = Continuation.quote(text, position, limit);
        }
        bodyEnd = position > from && text[position - 1] == '\'' ? position - 1 : position;
        return Token.STRING;
    }

    /** {@code UESCAPE '!'}, which belongs to the string before it (manual, 4.1.2.3). */
    private void escapeClause() {
        int behindString = position;
        boolean before = spaced;
        skipSpace();
        spaced = before;
        if (isWord(UESCAPE)) {
            position += UESCAPE.length;
            skipSpace();
            spaced = before;
            if (at(position) == '\'' && at(position + 2) == '\'' && at(position + 1) > ' ') {
                escape = text[position + 1];
                position += 3;
                return;
            }
        }
        position = behindString;
    }

    private boolean isWord(byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            if ((at(position + i) | 0x20) != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    private int behindQuote(int from, char quote, boolean backslashes) {
        byte[] bytes = text;
        int i = from;
        while (i < limit) {
            byte c = bytes[i++];
            if (c == quote) {
                if (at(i) != quote) {
                    return i;
                }
                i++;
            } else if (c == '\\' && backslashes && i < limit) {
                i++;
            }
        }
        return limit;
    }

    private Token dollar() {
        if (classAt(position + 1) == DIGIT) {
            do {
                position++;
            } while (classAt(position) == DIGIT);
            return Token.PARAMETER;
        }
        int tagEnd = position + 1;
        while (classAt(tagEnd) == LETTER || classAt(tagEnd) == DIGIT) {
            tagEnd++;
        }
        if (at(tagEnd) != '$') {
            return one(Token.OPERATOR);
        }
        int tagLength = tagEnd + 1 - position;
        form = StringForm.DOLLAR;
        escape = 0;
        bodyStart = tagEnd + 1;
        for (int i = bodyStart; i + tagLength <= limit; i++) {
            if (text[i] == '$' && Arrays.equals(text, i, i + tagLength, text, position, position + tagLength)) {
                bodyEnd = i;
                position = i + tagLength;
                return Token.STRING;
            }
        }
        bodyEnd = limit;
        position = limit;
        return Token.STRING;
    }

    private int at(int index) {
        return index < limit ? text[index] : -1;
    }

    private byte classAt(int index) {
        return index < limit ? CLASSES[text[index] & 0xFF] : OTHER;
    }
}
