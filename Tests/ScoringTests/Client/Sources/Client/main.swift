import Foundation
import Scoring

let scorer = try Scorer(contentsOf: URL(fileURLWithPath: CommandLine.arguments[1]))
let score = try scorer.score(["seats": .number(5), "plan": .text("pro")])
print(score.probability, score.reasons.first?.text ?? "")
