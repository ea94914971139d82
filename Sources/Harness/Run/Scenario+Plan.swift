import Foundation
package import Workload

extension Scenario {
    /// The plan of its tasks, or of those of one generator. Reads the file of a trace.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` for a file that can't be read, ``HarnessError/scenario(_:)`` for one that says
    ///   nothing that can be sent.
    ///
    /// - Parameter force: allows an n in a trace that an algorithm refuses unless it is forced.
    package func plan(_ part: GeneratorPart = .whole, force: Bool = true) throws(HarnessError) -> TaskPlan {
        let trace = try self.trace(force: force)
        do throws(WorkloadError) {
            return try TaskPlan(
                mix: mix, arrival: arrival, tasks: tasks, duration: duration, seed: seed, trace: trace, part: part)
        } catch {
            throw .workload(error)
        }
    }

    /// How many tasks its plan has, or one generator's part of it; `nil` for a closed loop that ends by time alone.
    func plannedTasks(_ part: GeneratorPart = .whole) throws(HarnessError) -> Int? {
        // Only a schedule has to be gone through: nothing else ends a plan but its number of tasks.
        if arrival.loop != .open, part == .whole { return tasks.map { Int($0) } }
        return try plan(part).reduce(0) { count, _ in count + 1 }
    }

    private func trace(force: Bool) throws(HarnessError) -> ArrivalTrace? {
        guard case .trace(let file) = arrival else { return nil }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw .usage("the trace \(file) cannot be read")
        }
        do throws(ScenarioError) {
            let trace = try ArrivalTrace(csv: text, file: file, mix: mix)
            for (kind, greatest) in trace.greatestParameters { try check(kind, greatest, of: file, force: force) }
            return trace
        } catch {
            throw .scenario(error)
        }
    }

    /// A trace may ask of a kind no more than the greatest that its mix may: what would take too long is refused here, too.
    private func check(
        _ kind: TaskKind, _ greatest: ArrivalTrace.Greatest, of file: String, force: Bool
    ) throws(ScenarioError) {
        do throws(WorkloadError) {
            try ParameterLimits.check(kind, greatest.parameter, force: force)
        } catch {
            throw ScenarioError(file: file, line: greatest.line, problem: error.problem, allowed: error.allowed)
        }
    }
}
