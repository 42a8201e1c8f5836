package dev.headroom.proxy.http.values;

/** Finds the values in plain text and in tables of it: lines, cells between tabs, commas, semicolons or bars, words. */
final class PlainScanner implements ValueScanner {
    private final ShownValues values;
    private final Run run;

    PlainScanner(ShownValues values, Run run) {
        this.values = values;
        this.run = run;
    }

    @Override
    public void read(byte[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            switch (text[i]) {
                case '\n', '\r', '\t', ',', ';', '|', '"' -> end();
                case ' ' -> run.addBlank();
                default -> run.add(text[i]);
            }
        }
    }

    @Override
    public void end() {
        run.trim();
        values.run(run);
        run.clear();
    }
}
