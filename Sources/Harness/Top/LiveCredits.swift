import Foundation
import Glibc

/// What a run says of its instance's CPU credits while it runs: a small file in the run's folder, written anew every second and
/// gone with the run. What remains is `credits.csv`.
package struct LiveCredits: Codable, Equatable, Sendable {
    /// The file's name.
    static let fileName = "credits.live"

    /// The instance type.
    package var instance: String
    /// What the account holds.
    package var balance: Double
    /// Processors' worth of time that it may use.
    package var allowedProcessors: Double
    /// How long the kernel has held it back so far, in seconds; `nil` where nothing does.
    package var throttledSeconds: Double?
    /// How many seconds of the account are one that goes by.
    package var timeScale: Double
    /// When this was said, in seconds since 1970.
    package var said: Double

    /// A reading of these values.
    package init(
        instance: String, balance: Double, allowedProcessors: Double, throttledSeconds: Double?, timeScale: Double,
        said: Double = Date().timeIntervalSince1970
    ) {
        self.instance = instance
        self.balance = balance
        self.allowedProcessors = allowedProcessors
        self.throttledSeconds = throttledSeconds
        self.timeScale = timeScale
        self.said = said
    }

    /// What the run in that folder said last; `nil` where it says nothing.
    package init?(in folder: String) {
        // There is none before the account begins, nor in a run without an instance.
        guard let data = try? Data(contentsOf: Self.file(in: folder)),
            let said = try? JSONDecoder().decode(Self.self, from: data)
        else { return nil }
        self = said
    }

    /// Says it, whole or not at all; no disk is waited for, since that would be measured, too.
    package func write(into folder: String) throws(HarnessError) {
        let (file, new) = (Self.file(in: folder), Self.unfinished(in: folder))
        do {
            try JSONEncoder().encode(self).write(to: new)
            guard unsafe rename(new.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        } catch {
            throw .file(path: file.path, reason: error.localizedDescription)
        }
    }

    /// Takes it away: the run is over.
    static func remove(from folder: String) {
        // Where it was never written there is none.
        try? FileManager.default.removeItem(at: file(in: folder))
        try? FileManager.default.removeItem(at: unfinished(in: folder))
    }

    private static func unfinished(in folder: String) -> URL { file(in: folder).appendingPathExtension("new") }

    private static func file(in folder: String) -> URL { URL(fileURLWithPath: folder).appending(path: fileName) }
}
