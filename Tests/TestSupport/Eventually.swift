import Glibc

/// Looks again and again until `condition` holds; false when it does not within `limit`.
///
/// It blocks its thread, so it belongs into tests that are plain functions.
package func eventually(
    within limit: Duration = .seconds(20), _ condition: () throws -> Bool
) rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
        if try condition() { return true }
        if ContinuousClock.now >= deadline { return false }
        usleep(1_000)
    }
}
