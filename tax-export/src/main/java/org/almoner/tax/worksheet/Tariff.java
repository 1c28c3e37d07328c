package org.almoner.tax.worksheet;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.almoner.tax.csv.CsvRow;
import org.almoner.tax.csv.CsvTable;
import org.almoner.tax.csv.MalformedCsv;

/**
 * The donor's prices of electricity, bill by bill, in one currency.
 *
 * <p>The file is specified in docs/reference/worksheet.md.
 *
 * @param currency ISO 4217 code, as the bills have it
 * @param bills in order of their days, none overlapping another
 */
public record Tariff(String currency, List<Bill> bills) {
  /** Most bills in one file. */
  public static final int BILLS_MAX = 1_000;

  private static final Pattern PRICE = Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,8})?");

  /** Names of columns that look like what may not be in the reckoning. */
  private static final Pattern FIXED =
      Pattern.compile(
          "fixed|standing|base|monthly|rent|meter[ _-]?(?:fee|charge)|grund|zähler|zaehler|abonn"
              + "|fixe|prime|internet|hardware|idle|depreciation|pue",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  /** The columns, each with its name in German and French. */
  private enum Column {
    FROM("from", "von", "du"),
    TO("to", "bis", "au"),
    PRICE("price_per_kwh", "preis_je_kwh", "prix_par_kwh"),
    CURRENCY("currency", "waehrung", "devise"),
    BILL("bill", "rechnung", "facture"),
    BASIS("basis", "grundlage", "base");

    private final String english;
    private final String german;
    private final String french;

    Column(String english, String german, String french) {
      this.english = english;
      this.german = german;
      this.french = french;
    }

    List<String> names() {
      return List.of(english, german, french);
    }
  }

  public Tariff {
    bills = List.copyOf(bills);
  }

  /**
   * Reads the donor's file.
   *
   * @throws MalformedCsv naming line and column
   */
  public static Tariff parse(byte[] octets) throws MalformedCsv {
    CsvTable table = CsvTable.parse(octets);
    Map<Column, Integer> places = columns(table);
    List<Bill> bills = new ArrayList<>();
    List<String> currencies = new ArrayList<>();
    for (CsvRow row : table.rows()) {
      Cells cells = new Cells(table, row, places);
      String currency = currency(cells);
      if (!currencies.isEmpty() && !currencies.contains(currency)) {
        throw cells.wrong(
            Column.CURRENCY,
            "is "
                + currency
                + " after "
                + currencies.get(0)
                + "; amounts are never converted (T18): make one worksheet for each currency");
      }
      currencies.add(currency);
      bills.add(bill(cells));
      requireApart(bills, cells);
    }
    if (bills.isEmpty() || bills.size() > BILLS_MAX) {
      throw new MalformedCsv(
          1, "names " + bills.size() + " bills; expected 1 to " + BILLS_MAX + " lines below");
    }
    bills.sort(Comparator.comparing(Bill::from));
    return new Tariff(currencies.get(0), bills);
  }

  /** The bill that covers a day. */
  public Optional<Bill> on(LocalDate day) {
    return bills.stream().filter(bill -> bill.covers(day)).findFirst();
  }

  /** Decimals of the currency's amounts. */
  public int decimals() {
    return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }

  private static Map<Column, Integer> columns(CsvTable table) throws MalformedCsv {
    Map<Column, Integer> places = new java.util.EnumMap<>(Column.class);
    List<String> known = new ArrayList<>();
    for (Column column : Column.values()) {
      known.add(column.english);
      for (String name : column.names()) {
        table.find(name).ifPresent(place -> places.put(column, place));
      }
    }
    for (int i = 0; i < table.header().size(); i++) {
      String name = table.header().get(i);
      if (places.containsValue(i)) {
        continue;
      }
      if (FIXED.matcher(name).find()) {
        throw new MalformedCsv(
            1,
            name,
            "is no price of a kilowatt-hour: "
                + Demand.T8.demand()
                + " (T8); leave the column out");
      }
      throw new MalformedCsv(1, name, "is not known; known are " + String.join(", ", known));
    }
    for (Column column : Column.values()) {
      if (column != Column.BASIS && !places.containsKey(column)) {
        throw new MalformedCsv(1, "there is no column " + column.english);
      }
    }
    return places;
  }

  private static Bill bill(Cells cells) throws MalformedCsv {
    LocalDate from = date(cells, Column.FROM);
    LocalDate to = date(cells, Column.TO);
    if (to.isBefore(from)) {
      throw cells.wrong(Column.TO, "is " + to + ", before the bill begins on " + from);
    }
    String basis = cells.has(Column.BASIS) ? cells.text(Column.BASIS) : "bill";
    if (!basis.equals("bill") && !basis.equals("table")) {
      throw cells.wrong(
          Column.BASIS, "expected bill (the price is on it) or table, got \"" + basis + "\"");
    }
    String name = Normalizer.normalize(cells.text(Column.BILL), Normalizer.Form.NFC);
    if (name.isEmpty() || name.length() > Bill.NAME_MAX || name.contains("\n")) {
      throw cells.wrong(
          Column.BILL,
          "expected 1 to "
              + Bill.NAME_MAX
              + " characters by which the bill is found again (of a table: which one, and of when)");
    }
    return new Bill(from, to, price(cells), name, basis.equals("table"));
  }

  private static BigDecimal price(Cells cells) throws MalformedCsv {
    String raw = cells.text(Column.PRICE);
    String text = cells.table().separator() == ',' ? raw : raw.replace(',', '.');
    if (!PRICE.matcher(text).matches()) {
      throw cells.wrong(
          Column.PRICE,
          "expected the price of one kilowatt-hour such as 0.1650, without a sign of currency,"
              + " got \""
              + raw
              + "\"");
    }
    return new BigDecimal(text);
  }

  private static String currency(Cells cells) throws MalformedCsv {
    String code = cells.text(Column.CURRENCY);
    try {
      return Currency.getInstance(code).getCurrencyCode();
    } catch (IllegalArgumentException e) {
      throw cells.wrong(
          Column.CURRENCY, "expected three letters such as EUR or USD, got \"" + code + "\"");
    }
  }

  private static LocalDate date(Cells cells, Column column) throws MalformedCsv {
    String text = cells.text(column);
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw cells.wrong(column, "expected a day such as 2026-03-31, got \"" + text + "\"");
    }
  }

  private static void requireApart(List<Bill> bills, Cells cells) throws MalformedCsv {
    Bill last = bills.get(bills.size() - 1);
    for (Bill other : bills.subList(0, bills.size() - 1)) {
      if (!other.from().isAfter(last.to()) && !last.from().isAfter(other.to())) {
        throw cells.wrong(
            Column.FROM,
            "the bill "
                + last.name()
                + " overlaps "
                + other.name()
                + " ("
                + other.from()
                + " to "
                + other.to()
                + "); a day has one price");
      }
    }
  }

  /** One row by the meaning of its columns. */
  private record Cells(CsvTable table, CsvRow row, Map<Column, Integer> places) {
    boolean has(Column column) {
      return places.containsKey(column);
    }

    String text(Column column) {
      return row.cell(place(column));
    }

    MalformedCsv wrong(Column column, String problem) {
      return new MalformedCsv(row.line(), table.header().get(place(column)), problem);
    }

    private int place(Column column) {
      Integer place = places.get(column);
      if (place == null) {
        throw new IllegalStateException("column " + column + " was not asked for");
      }
      return place;
    }
  }
}
