package org.almoner.coordinator.http.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTests {
  private static InetAddress address(String literal) {
    return AddressRange.literal(literal).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,127.0.0.1,true",
    "127.0.0.1,127.0.0.2,false",
    "10.0.0.0/8,10.255.1.2,true",
    "10.0.0.0/8,11.0.0.0,false",
    "0.0.0.0/0,8.8.8.8,true",
    "192.168.4.0/22,192.168.7.255,true",
    "192.168.4.0/22,192.168.8.0,false",
    "::1,::1,true",
    "2001:db8::/32,2001:db8:ffff::1,true",
    "2001:db8::/32,2001:db9::1,false",
    "0.0.0.0/0,::1,false"
  })
  void aBlockHoldsItsAddresses(String range, String address, boolean holds) {
    assertThat(AddressRange.parse(range).contains(address(address))).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "example.org",
        "1.2.3",
        "1.2.3.256",
        "1.2.3.4/33",
        "1.2.3.4/",
        "1.2.3.4/x",
        "::1/129",
        ":::",
        "fe80::1%eth0",
        "1.2.3.4 ",
        "[::1]",
        "01.2.3.4.5"
      })
  void whatIsNoAddressIsNamedAndNeverLookedUp(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected an address in digits")
        .hasMessageEndingWith("got " + text);
  }

  @Test
  void aNetworkOf64BitsIsOneClientAndAnIpv4AddressIsOne() {
    assertThat(ClientNet.of(address("2001:db8::1")))
        .isEqualTo(ClientNet.of(address("2001:db8::ffff:1")))
        .isNotEqualTo(ClientNet.of(address("2001:db8:0:1::1")));
    assertThat(ClientNet.of(address("10.0.0.1")))
        .isEqualTo(ClientNet.of(address("::ffff:10.0.0.1")))
        .isNotEqualTo(ClientNet.of(address("10.0.0.2")));
  }
}
