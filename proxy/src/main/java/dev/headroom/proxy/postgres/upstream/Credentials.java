package dev.headroom.proxy.postgres.upstream;

/** A user and a password, from the app's own address. Never shown: {@link #toString} leaves both out. */
public record Credentials(String user, String password) {
    @Override
    public String toString() {
        return "Credentials[…]";
    }
}
