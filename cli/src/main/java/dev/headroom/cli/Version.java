package dev.headroom.cli;

/** Headroom's own version. */
public final class Version {
    private Version() {}

    /** As the jar's manifest has it; {@code development} when run from folders of classes. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
