package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The largest of many, by some measure; the others are forgotten as they come. */
final class Largest<T> {

    private final int most;
    private final Comparator<T> order;
    private final PriorityQueue<T> kept;

    Largest(int most, Comparator<T> order) {
        this.most = most;
        this.order = order;
        this.kept = new PriorityQueue<>(order);
    }

    void add(T one) {
        kept.add(one);
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** They, the largest first. */
    List<T> list() {
        List<T> list = new ArrayList<>(kept);
        list.sort(order.reversed());
        return list;
    }
}
