/** A room that we drew ourselves, for who has no photo at hand: it goes the way that every photo goes. */
import { Problem, type Project } from "../../api/client";
import { asked, type Order } from "../orders/order";
import { requestStagings } from "../orders/request";
import { takeIn } from "./intake";
import { Queue } from "./queue";
import { itemsOf, sendAll } from "./upload";

const ADDRESS = "/example/empty.webp";
const NAME = "living-room.webp";

/** Send it into a project and ask for its picture; fails with the reason of whatever is in the way. */
export async function stageDemo(project: Project, order: Order): Promise<void> {
  const answer = await fetch(ADDRESS);
  if (!answer.ok) throw new Problem("Our photo can't be loaded now. Try again in a moment.", answer.status, "unreachable");
  const file = new File([await answer.blob()], NAME, { type: "image/webp" });
  // It is small, which is said of a photo of one's own.
  const items = itemsOf(await takeIn([file], 1, null)).map((item) => ({ ...item, insist: true }));
  const queue = new Queue(items);
  await sendAll(project, queue, async () => []);
  const [sent] = queue.all();
  if (!sent?.photoId) throw new Problem(sent?.reason ?? "Our photo was not taken.", 422, "refused");
  const [refusal] = await requestStagings([{ ...asked(sent.photoId, { ...order.all, room: "living_room" }, order.task), insist: true }]);
  if (refusal) throw new Problem(refusal, 422, "refused");
}
