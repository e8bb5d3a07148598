/** What an event does to the gallery on screen. Pure, so that it can be shown to be right. */
import type { Gallery, Photo, Project, Staging } from "../../api/client";
import type { ServerEvent } from "../../api/events";

/** The gallery after an event; the same object when the event is about something else, or was known when it was read. */
export function applied(gallery: Gallery, event: ServerEvent): Gallery {
  if (event.id <= gallery.last_event_id) return gallery;
  const changed = afterEvent(gallery, event);
  return changed === gallery ? gallery : { ...changed, last_event_id: event.id };
}

function afterEvent(gallery: Gallery, event: ServerEvent): Gallery {
  if (event.kind === "project.changed") return renamed(gallery, event.data);
  if (event.kind === "photo.moved") return left(gallery, event.data);
  const about = event.data as { project_id?: string } | null;
  if (about?.project_id !== gallery.project.id) return gallery;
  switch (event.kind) {
    case "staging.changed":
      return withPhoto(gallery, event.data.photo_id, (photo) => withStaging(photo, event.data));
    case "staging.deleted":
      return withPhoto(gallery, event.data.photo_id, (photo) => ({
        ...photo,
        stagings: photo.stagings.filter((staging) => staging.id !== event.data.id),
      }));
    case "photo.added":
      return added(gallery, event.data);
    case "photo.predicted":
      return withPhoto(gallery, event.data.id, ({ stagings }) => ({ ...event.data, stagings }));
    case "photo.deleted":
      return { ...gallery, photos: gallery.photos.filter((photo) => photo.id !== event.data.id) };
    default:
      return gallery;
  }
}

/** A photo that moved away. One that came is read with what was made of it. */
function left(gallery: Gallery, { from_project_id: from, photo }: { from_project_id: string; photo: { id: string } }): Gallery {
  return from === gallery.project.id ? { ...gallery, photos: gallery.photos.filter((one) => one.id !== photo.id) } : gallery;
}

function renamed(gallery: Gallery, project: Project): Gallery {
  return project.id === gallery.project.id ? { ...gallery, project } : gallery;
}

function withPhoto(gallery: Gallery, id: string, change: (photo: Photo) => Photo): Gallery {
  return { ...gallery, photos: gallery.photos.map((photo) => (photo.id === id ? change(photo) : photo)) };
}

function withStaging(photo: Photo, staging: Staging): Photo {
  const known = photo.stagings.some((one) => one.id === staging.id);
  const stagings = known
    ? photo.stagings.map((one) => (one.id === staging.id ? staging : one))
    : [...photo.stagings, staging];
  return { ...photo, stagings };
}

function added(gallery: Gallery, photo: Omit<Photo, "stagings">): Gallery {
  if (gallery.photos.some((one) => one.id === photo.id)) return gallery;
  // By id: in the order in which they were chosen, however they arrive.
  const photos = [...gallery.photos, { ...photo, stagings: [] }].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { ...gallery, photos };
}

/** The last events heard, for a gallery that was read while they came. */
export class RecentEvents {
  private events: ServerEvent[] = [];

  constructor(private readonly most = 500) {}

  add(event: ServerEvent): void {
    this.events = [...this.events.slice(1 - this.most), event];
  }

  appliedTo(gallery: Gallery): Gallery {
    return this.events.reduce(applied, gallery);
  }
}
