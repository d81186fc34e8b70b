// The public face of the lab: other rooms import from here and from nowhere else in this room.
export {};
