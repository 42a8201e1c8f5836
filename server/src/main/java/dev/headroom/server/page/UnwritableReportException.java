package dev.headroom.server.page;

import dev.headroom.core.FileFailure;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.file.Path;

/** A report that could not be written where it was asked for: nothing of it was left there. */
public final class UnwritableReportException extends HeadroomException {
    private static final long serialVersionUID = 1L;

    UnwritableReportException(Path file, IOException cause) {
        super("The report " + file + " could not be written (" + FileFailure.reason(cause) + ").", cause);
    }
}
