package dev.headroom.core.check;

/** A straight line through points by ordinary least squares, without keeping the points. For one thread. */
final class LeastSquares {
    private static final double NOTHING = 1e-9;

    private long count;
    private double sumX;
    private double sumXx;
    private double sumY;
    private double sumYy;
    private double sumXy;

    void add(double x, double y) {
        count++;
        sumX += x;
        sumXx += x * x;
        sumY += y;
        sumYy += y * y;
        sumXy += x * y;
    }

    long count() {
        return count;
    }

    double sumX() {
        return sumX;
    }

    double sumY() {
        return sumY;
    }

    double meanX() {
        return count == 0 ? 0 : sumX / count;
    }

    double meanY() {
        return count == 0 ? 0 : sumY / count;
    }

    boolean xIsConstant() {
        return spread(sumX, sumXx) < NOTHING;
    }

    boolean yIsConstant() {
        return spread(sumY, sumYy) < NOTHING;
    }

    /** The coefficient of determination, 0 to 1; 0 where either does not vary. */
    double fit() {
        double together = together();
        return xIsConstant() || yIsConstant() ? 0 : together * together / (spread(sumX, sumXx) * spread(sumY, sumYy));
    }

    /** How much y grows with one x; only where x varies. */
    double slope() {
        return together() / spread(sumX, sumXx);
    }

    private double together() {
        return sumXy - sumX * sumY / count;
    }

    private double spread(double sum, double squares) {
        return count == 0 ? 0 : squares - sum * sum / count;
    }
}
