package org.almoner.coordinator.http.route;

import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.json.MalformedJson;

/** The refusals that this side of the desk knows; each slug is a heading of the problems page. */
public final class Refusals {
  private Refusals() {}

  /** A body that is not what the route takes. */
  public static Refusal malformed(MalformedJson why) {
    return new Refusal(
        400,
        "malformed-request",
        "The request is not well formed",
        why.getMessage() + "; see docs/reference/api.md for what this route takes");
  }

  /** A part of the request line or a header that is not what the route takes. */
  public static Refusal malformed(String sentence) {
    return new Refusal(400, "malformed-request", "The request is not well formed", sentence);
  }

  /** A token is needed and none came. */
  public static Refusal tokenMissing() {
    return new Refusal(
        401,
        "token-missing",
        "A token is needed",
        "no token came; send the header 'Authorization: Bearer TOKEN' with the token you were"
            + " given");
  }

  /** A token came that nobody holds, or that opens another door. */
  public static Refusal tokenUnknown() {
    return new Refusal(
        401,
        "token-unknown",
        "The token opens nothing here",
        "the token that came is not one for this; check that it was copied whole, or ask the"
            + " operator for a new one");
  }

  /** A token that is good, and opens something else. */
  public static Refusal scopeMissing(OwnerPass pass, Scope needed) {
    return new Refusal(
        403,
        "scope-missing",
        "The token does not open this",
        "the token \""
            + pass.name()
            + "\" opens "
            + String.join(", ", Scope.words(pass.scopes()))
            + ", and this needs "
            + needed.word()
            + "; make one that opens it with 'almoner owners token create --scope "
            + needed.word()
            + "'");
  }

  /** A form that another site's page has sent. */
  public static Refusal foreignForm() {
    return new Refusal(
        403,
        "foreign-form",
        "The form came from another site",
        "a page of another site sent this form; open /me on this server and use the form there");
  }

  /** A token that is good, but not for this. */
  public static Refusal notYours() {
    return new Refusal(
        403,
        "not-yours",
        "This belongs to another owner",
        "the token is good, but this belongs to another owner; use the token of the owner who"
            + " submitted it");
  }

  /** Nothing is known by that name. */
  public static Refusal notFound(String sentence) {
    return new Refusal(404, "not-found", "There is nothing here", sentence);
  }

  /** More octets than the route takes. */
  public static Refusal tooLarge(String sentence) {
    return new Refusal(413, "too-large", "The body is too large", sentence);
  }

  /** A body that would have to be unpacked. */
  public static Refusal encoded(String encoding) {
    return new Refusal(
        415,
        "unsupported-media-type",
        "The body is of another type",
        "bodies are taken as they are and none is unpacked here; leave out the header"
            + " Content-Encoding: "
            + encoding.replaceAll("[^A-Za-z0-9, ]", "?")
            + " and send the octets themselves");
  }

  /** Whoever asks holds no lease. */
  public static Refusal noLease(String sentence) {
    return new Refusal(403, "no-lease", "No lease allows this", sentence);
  }

  /** What came is not what its digest says. */
  public static Refusal otherDigest(String sentence) {
    return new Refusal(422, "other-digest", "The octets hash to another digest", sentence);
  }

  /** A sender goes on with a blob behind what is here of it. */
  public static Refusal otherOffset(String sentence) {
    return new Refusal(409, "other-offset", "Not what comes next", sentence);
  }

  /** There is no room on the disk. */
  public static Refusal noSpace(String sentence) {
    return new Refusal(507, "no-space", "The disk is full", sentence);
  }

  /** Everything is taken just now. */
  public static Refusal busy(String sentence) {
    return new Refusal(503, "busy", "Busy", sentence);
  }
}
