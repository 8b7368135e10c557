package example.careless.milk;

import java.util.Date;

/** Breaks: no vague names, no java.util.Date. */
public class MilkService {

    public Date bestBefore() {
        return new Date(0);
    }
}
