package org.terrarium.app.snapshots;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.terrarium.app.text.Text;

/** Times in words. */
public final class Ages {
    private static final int MINUTES = 60;
    private static final int HOURS = 24;

    private Ages() {}

    /** How long ago something was: in minutes and hours on the same day, by day and time before. */
    public static String words(Instant then, Instant now, ZoneId zone) {
        long minutes = Duration.between(then, now).toMinutes();
        if (minutes < 1) {
            return Text.of("snapshots.age.now");
        }
        if (minutes < MINUTES) {
            return Text.of("snapshots.age.minutes", minutes);
        }
        ZonedDateTime day = then.atZone(zone);
        long days = Duration.between(
                        day.toLocalDate().atStartOfDay(zone),
                        now.atZone(zone).toLocalDate().atStartOfDay(zone))
                .plusHours(HOURS / 2)
                .toDays();
        if (days < 1) {
            return Text.of("snapshots.age.hours", minutes / MINUTES);
        }
        return days == 1 ? Text.of("snapshots.age.yesterday", time(day)) : moment(then, zone);
    }

    private static String time(ZonedDateTime at) {
        return at.format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(Text.language()));
    }

    /** Day and time. */
    public static String moment(Instant then, ZoneId zone) {
        return then.atZone(zone)
                .format(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(Text.language()));
    }
}
