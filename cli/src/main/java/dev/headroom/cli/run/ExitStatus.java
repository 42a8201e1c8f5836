package dev.headroom.cli.run;

/** Headroom's own exit statuses (sysexits(3)); the app's own are passed on. docs/reference/errors.md lists them. */
public final class ExitStatus {
    /** All went well. */
    public static final int OK = 0;

    /** {@code headroom check} found more than is allowed. */
    public static final int FOUND = 1;

    /** The command line can't be understood. */
    public static final int USAGE = 64;

    /** A file that was given can't be read as what it should be. */
    public static final int DATA = 65;

    /** Something that is needed can't be had, such as the port. */
    public static final int UNAVAILABLE = 69;

    /** A mistake of Headroom's own. */
    public static final int INTERNAL = 70;

    /** The recording, or the report that was asked for as a file, can't be created. */
    public static final int CANNOT_CREATE = 73;

    /** A configuration file is wrong. */
    public static final int CONFIGURATION = 78;

    private ExitStatus() {}
}
