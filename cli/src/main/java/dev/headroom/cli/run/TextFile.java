package dev.headroom.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text file in UTF-8, perhaps with the byte order mark that some editors put before it. */
final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /** Its lines, without that mark. */
    static List<String> lines(Path file) throws IOException {
        String text = Files.readString(file);
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .toList();
    }
}
