package org.terrarium.app.text;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The words of the window, from the language files beside this class: one file an area and language ({@code library.properties}
 * is English, {@code library_de.properties} German). A key's part before the first dot names its area. Patterns are those of
 * {@link MessageFormat}; apostrophes in them are written ’.
 */
public final class Text {
    /** The languages there are files for; English is complete by definition, a test holds the others to it. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final String FOLDER = "org.terrarium.app.text.";
    private static final ResourceBundle.Control FILES = new NoFallback();
    private static volatile Locale language = choose("host");

    /** A language without a file is English, not whatever the host speaks. */
    private static final class NoFallback extends ResourceBundle.Control {
        @Override
        public List<String> getFormats(String base) {
            return FORMAT_PROPERTIES;
        }

        @Override
        public Locale getFallbackLocale(String base, Locale locale) {
            return null;
        }
    }

    private Text() {}

    /** From now on texts are in this language: {@code host} for that of the host, else {@code en}, {@code de}. */
    public static void use(String name) {
        language = choose(name);
    }

    public static Locale language() {
        return language;
    }

    private static Locale choose(String name) {
        Locale wanted = name.equals("host") ? Locale.getDefault(Locale.Category.DISPLAY) : Locale.of(name);
        return LANGUAGES.stream()
                .filter(l -> l.getLanguage().equals(wanted.getLanguage()))
                .findAny()
                .orElse(Locale.ENGLISH);
    }

    /** The text of that key with its places filled in; whole numbers go in as plain digits. */
    public static String of(String key, Object... values) {
        String pattern = pattern(key);
        Object[] plain = values.clone();
        for (int n = 0; n < plain.length; n++) {
            if ((plain[n] instanceof Integer || plain[n] instanceof Long) && !pattern.contains("{" + n + ",choice")) {
                plain[n] = plain[n].toString();
            }
        }
        return new MessageFormat(pattern, language).format(plain);
    }

    /** The word for a constant, under the key {@code words.TypeName.CONSTANT}. */
    public static String of(Enum<?> constant) {
        return of("words." + name(constant.getDeclaringClass()) + "." + constant.name());
    }

    /** A type's name, after that of the one it is in. */
    static String name(Class<?> type) {
        return (type.getEnclosingClass() == null ? "" : name(type.getEnclosingClass()) + ".") + type.getSimpleName();
    }

    private static String pattern(String key) {
        try {
            return ResourceBundle.getBundle(FOLDER + key.substring(0, key.indexOf('.')), language, FILES)
                    .getString(key);
        } catch (MissingResourceException e) {
            return key; // a test sees to it that there is none; a window with a strange word is better than none
        }
    }
}
