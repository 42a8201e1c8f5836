package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A report that could not be written where it was asked for: nothing of it was left there. */
public final class UnwritableReportException extends HeadroomException {
    private static final long serialVersionUID = 1L;

    UnwritableReportException(Path file, IOException cause) {
        super("The report " + file + " could not be written: " + reason(cause), cause);
    }

    /** Of the first two, Java's own message names the file and nothing else. */
    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such folder.";
        }
        return e instanceof AccessDeniedException ? "its folder cannot be written to." : e.getMessage() + ".";
    }
}
