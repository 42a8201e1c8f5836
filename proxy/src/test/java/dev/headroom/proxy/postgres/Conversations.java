package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.capture.Tap;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes of one conversation: an extended query, a simple one of two statements of which the second fails, a COPY. */
@SuppressWarnings("NullAway") // it takes byte @Nullable []... for a nullable array of arrays
final class Conversations {
    private Conversations() {}

    static void startUp(Tap fromServer) {
        byte[] bytes = new Frames()
                .frame('R', f -> f.writeInt(0))
                .frame('K', f -> {
                    f.writeInt(4_711);
                    f.writeInt(1);
                })
                .frame('Z', f -> f.write('I'))
                .bytes();
        fromServer.feed(bytes, 0, bytes.length, 1);
    }

    static byte[] app() {
        return new Frames()
                .frame('P', f -> {
                    string(f, "S_1");
                    string(f, "select id, name from item where id = $1");
                    f.writeShort(1);
                    f.writeInt(23);
                })
                .frame('D', f -> {
                    f.write('S');
                    string(f, "S_1");
                })
                .frame('B', f -> {
                    string(f, "");
                    string(f, "S_1");
                    f.writeShort(1);
                    f.writeShort(1);
                    f.writeShort(1);
                    f.writeInt(4);
                    f.writeInt(42);
                    f.writeShort(1);
                    f.writeShort(1);
                })
                .frame('E', f -> {
                    string(f, "");
                    f.writeInt(0);
                })
                .frame('S', f -> {})
                .frame('Q', f -> string(f, "select 'a;b', 2; insert into item values (1, 'x')"))
                .frame('Q', f -> string(f, "copy item to stdout"))
                .bytes();
    }

    static byte[] server() {
        return new Frames()
                .frame('1', f -> {})
                .frame('t', f -> {
                    f.writeShort(1);
                    f.writeInt(23);
                })
                .frame('T', f -> columns(f, "id", 23, "name", 25))
                .frame('2', f -> {})
                .frame('D', f -> row(f, new byte[] {0, 0, 0, 42}, "forty-two".getBytes(StandardCharsets.UTF_8)))
                .frame('C', f -> string(f, "SELECT 1"))
                .frame('Z', f -> f.write('I'))
                .frame('T', f -> columns(f, "?column?", 25, "?column?", 23))
                .frame('D', f -> row(f, "a;b".getBytes(StandardCharsets.UTF_8), null))
                .frame('C', f -> string(f, "SELECT 1"))
                .frame('E', f -> {
                    f.write('S');
                    string(f, "ERROR");
                    f.write('C');
                    string(f, "23505");
                    f.write('M');
                    string(f, "duplicate key");
                    f.write(0);
                })
                .frame('Z', f -> f.write('I'))
                .frame('H', f -> {
                    f.write(0);
                    f.writeShort(0);
                })
                .frame('d', f -> f.writeBytes("1\tx\n"))
                .frame('c', f -> {})
                .frame('C', f -> string(f, "COPY 1"))
                .frame('Z', f -> f.write('I'))
                .bytes();
    }

    private static void columns(DataOutputStream out, String first, int firstType, String second, int secondType)
            throws IOException {
        out.writeShort(2);
        column(out, first, firstType);
        column(out, second, secondType);
    }

    private static void column(DataOutputStream out, String name, int type) throws IOException {
        string(out, name);
        out.writeInt(16_400);
        out.writeShort(1);
        out.writeInt(type);
        out.writeShort(4);
        out.writeInt(-1);
        out.writeShort(0);
    }

    private static void row(DataOutputStream out, byte[] @Nullable ... values) throws IOException {
        out.writeShort(values.length);
        for (byte @Nullable [] value : values) {
            out.writeInt(value == null ? -1 : value.length);
            if (value != null) {
                out.write(value);
            }
        }
    }

    private static void string(DataOutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write(0);
    }

    /** Writes messages. */
    private static final class Frames {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        interface Content {
            void writeTo(DataOutputStream out) throws IOException;
        }

        Frames frame(char type, Content content) {
            try {
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                content.writeTo(new DataOutputStream(body));
                DataOutputStream out = new DataOutputStream(all);
                out.write(type);
                out.writeInt(body.size() + 4);
                body.writeTo(out);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] bytes() {
            return all.toByteArray();
        }
    }
}
