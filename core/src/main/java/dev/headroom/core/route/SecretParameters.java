package dev.headroom.core.route;

import java.util.Locale;

/** Blanks the values of query parameters whose names look secret, so that paths can be kept as access logs keep them. */
public final class SecretParameters {
    private static final String[] PARTS = {
        "passw",
        "passphrase",
        "secret",
        "token",
        "apikey",
        "accesskey",
        "privatekey",
        "signature",
        "credential",
        "session",
        "jwt",
        "otp"
    };
    private static final String[] WHOLE = {
        "key", "auth", "authorization", "sid", "sig", "pwd", "pass", "pin", "code", "state"
    };

    private SecretParameters() {}

    /** The target with each secret-looking parameter's value replaced by {@code ***}; itself where there is none. */
    public static String blank(String target) {
        int query = target.indexOf('?');
        if (query < 0) {
            return target;
        }
        StringBuilder blanked = null;
        int copied = 0;
        int at = query + 1;
        while (at <= target.length()) {
            int end = end(target, at);
            int equals = target.indexOf('=', at);
            if (equals >= 0 && equals < end - 1 && isSecret(target.substring(at, equals))) {
                if (blanked == null) {
                    blanked = new StringBuilder(target.length());
                }
                blanked.append(target, copied, equals + 1).append("***");
                copied = end;
            }
            at = end + 1;
        }
        return blanked == null
                ? target
                : blanked.append(target, copied, target.length()).toString();
    }

    private static int end(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '&' || c == ';' || c == '#') {
                return i;
            }
        }
        return target.length();
    }

    /** Whether a parameter of that name is taken to hold a secret. */
    static boolean isSecret(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != '_' && c != '-' && c != '.') {
                letters.append(c);
            }
        }
        String plain = letters.toString();
        for (String whole : WHOLE) {
            if (plain.equals(whole)) {
                return true;
            }
        }
        for (String part : PARTS) {
            if (plain.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
