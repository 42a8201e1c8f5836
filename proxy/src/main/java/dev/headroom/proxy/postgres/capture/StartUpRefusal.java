package dev.headroom.proxy.postgres.capture;

/**
 * What is told of a connection that the server, or a pooler, refused before it was ready for a query: the SQLSTATE and
 * what it means (PostgreSQL's manual, appendix A), nothing of the server's text, which names users.
 */
final class StartUpRefusal {
    private static final int STATE_LENGTH = 5;

    private StartUpRefusal() {}

    /** One line for people; {@code server} names server and database. */
    static String text(String server, String sqlState) {
        return isState(sqlState)
                ? "the database refused a connection: " + meaning(sqlState) + " (SQLSTATE " + sqlState + "; " + server
                        + ")"
                : "the database refused a connection, without an SQLSTATE (" + server + ")";
    }

    private static boolean isState(String text) {
        return text.length() == STATE_LENGTH
                && text.chars().allMatch(each -> each >= '0' && each <= '9' || each >= 'A' && each <= 'Z');
    }

    private static String meaning(String state) {
        return switch (state) {
            case "53300" -> "too many connections";
            case "3D000" -> "no such database";
            case "28P01" -> "the password is wrong, or there is no such user";
            case "28000" -> "this user may not connect from there (pg_hba.conf), or there is no such user";
            case "42501" -> "this user has no right to connect to the database";
            case "57P03" -> "it can't take connections now, as while it starts, stops or recovers";
            case "57P01", "57P02" -> "it is being shut down";
            case "57014" -> "authentication was not over in time";
            case "55000" -> "the database takes no connections";
            case "08P01" -> "protocol violation, which poolers also say of other reasons";
            default ->
                switch (state.substring(0, 2)) {
                    case "08" -> "connection trouble";
                    case "0A" -> "what the app asks for is not supported";
                    case "22", "42" -> "a setting that the app asks for is not accepted";
                    case "28" -> "authentication failed";
                    case "53" -> "it lacks resources";
                    case "57" -> "its operator stepped in";
                    case "58", "XX" -> "an error within it";
                    default -> "see the class of that state";
                };
        };
    }
}
