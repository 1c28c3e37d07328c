package org.almoner.protocol.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object's fields in canonical order, unchangeable: two arrays instead of a tree, for most
 * objects have a handful of fields and every record is read and written field by field.
 */
final class Fields extends AbstractMap<String, JsonValue> {
  private final String[] names;
  private final JsonValue[] values;

  /** Takes names in ascending order of their UTF-16 code units, none twice. */
  private Fields(String[] names, JsonValue[] values) {
    this.names = names;
    this.values = values;
  }

  /** The same fields in canonical order. */
  static Fields of(Map<String, JsonValue> fields) {
    if (fields instanceof Fields ordered) {
      return ordered;
    }
    Building building = new Building();
    fields.forEach(building::add);
    return building.finish();
  }

  /** Place of a field; negative when it is not there. */
  int find(String name) {
    return Arrays.binarySearch(names, name);
  }

  String name(int place) {
    return names[place];
  }

  JsonValue value(int place) {
    return values[place];
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public @Nullable JsonValue get(@Nullable Object name) {
    int place = name instanceof String text ? find(text) : -1;
    return place < 0 ? null : values[place];
  }

  @Override
  public Set<Map.Entry<String, JsonValue>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return names.length;
      }

      @Override
      public Iterator<Map.Entry<String, JsonValue>> iterator() {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < names.length;
          }

          @Override
          public Map.Entry<String, JsonValue> next() {
            if (next >= names.length) {
              throw new NoSuchElementException();
            }
            Map.Entry<String, JsonValue> field = Map.entry(names[next], values[next]);
            next++;
            return field;
          }
        };
      }
    };
  }

  /** Fields on their way into an object; in canonical order they are only copied. */
  static final class Building {
    private static final int FIELDS = 16;

    private String[] names = new String[FIELDS];
    private JsonValue[] values = new JsonValue[FIELDS];
    private int size;
    private boolean ascending = true;

    /** Adds a field; one that is there already is only found by {@link #finish}. */
    void add(String name, JsonValue value) {
      if (size == names.length) {
        names = Arrays.copyOf(names, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      ascending = ascending && (size == 0 || names[size - 1].compareTo(name) < 0);
      names[size] = name;
      values[size] = value;
      size++;
    }

    /** Whether every field came behind the one before it, which also means that none came twice. */
    boolean ascending() {
      return ascending;
    }

    /** Names of all fields but the one added last. */
    Set<String> namesBefore() {
      return new HashSet<>(Arrays.asList(names).subList(0, size - 1));
    }

    /**
     * All fields.
     *
     * @throws IllegalStateException when one was added twice
     */
    Fields finish() {
      if (!ascending) {
        sort();
      }
      return new Fields(Arrays.copyOf(names, size), Arrays.copyOf(values, size));
    }

    private void sort() {
      Integer[] order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparing(i -> names[i]));
      String[] sortedNames = new String[size];
      JsonValue[] sortedValues = new JsonValue[size];
      for (int i = 0; i < size; i++) {
        sortedNames[i] = names[order[i]];
        sortedValues[i] = values[order[i]];
        if (i > 0 && sortedNames[i].equals(sortedNames[i - 1])) {
          throw new IllegalStateException("field " + sortedNames[i] + " was put twice");
        }
      }
      names = sortedNames;
      values = sortedValues;
      ascending = true;
    }
  }
}
