package dev.headroom.cli.run;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The path on the app's port that leads to the page: as the user named it, with a token added where it has none. */
final class TokenPath {
    private static final Pattern NAMED = Pattern.compile("(/[A-Za-z0-9._~-]+)+(?:-|/)*");
    private static final Pattern LAST_WORD = Pattern.compile("[A-Za-z0-9]*$");

    /** So many letters and digits, if they are random, can't be found by trying: 20 hexadecimal digits are 80 bits. */
    private static final int TOKEN = 20;

    private TokenPath() {}

    /**
     * The path, without a slash at its end.
     *
     * @throws CannotRunException if {@code named} is no such path
     */
    static String of(String named) {
        if (!NAMED.matcher(named).matches()) {
            throw new CannotRunException(
                    ExitStatus.USAGE,
                    "--page-path " + named
                            + ": a path begins with a slash and holds letters, digits and -._~ only, such as /-/headroom");
        }
        String path = named.replaceFirst("[/-]+$", "");
        Matcher last = LAST_WORD.matcher(path);
        return last.find() && last.group().length() >= TOKEN ? path : path + "-" + newToken();
    }

    private static String newToken() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
