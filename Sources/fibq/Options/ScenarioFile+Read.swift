import Foundation
import Harness
import Workload

extension ScenarioFile {
    /// Reads the file at a path; `nil` when none was named.
    static func read(_ path: String?, _ vocabulary: Scenario.Vocabulary) throws -> ScenarioFile? {
        guard let path else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw HarnessError.usage("the scenario \(path) cannot be read")
        }
        return try ScenarioFile(yaml: text, name: path, vocabulary: vocabulary)
    }
}
