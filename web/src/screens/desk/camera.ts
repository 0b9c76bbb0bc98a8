// Reading a QR code with the camera: by the browser itself where it can, else by a reader that is fetched then.

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>;
}
interface Detectors {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
}
type Read = (video: HTMLVideoElement) => Promise<string | undefined>;

const EVERY = 200;
const WIDEST = 800;

/** Whether this browser gives pages a camera at all; browsers inside other apps often do not. */
export function hasCamera(): boolean {
  return Boolean((navigator.mediaDevices as MediaDevices | undefined)?.getUserMedia);
}

/** Looks through the camera until a code is found; the answer ends it and gives the camera back. */
export async function watch(video: HTMLVideoElement, found: (code: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  video.srcObject = stream;
  await video.play();
  const read = await reader();
  let isOn = true;
  const stop = (): void => {
    isOn = false;
    stream.getTracks().forEach((track) => track.stop());
  };
  const look = async (): Promise<void> => {
    if (!isOn) return;
    const code = await read(video).catch(() => undefined);
    if (code && isOn) {
      stop();
      return found(code);
    }
    setTimeout(() => void look(), EVERY);
  };
  void look();
  return stop;
}

async function reader(): Promise<Read> {
  const detectors = (globalThis as { BarcodeDetector?: Detectors }).BarcodeDetector;
  if (detectors && (await detectors.getSupportedFormats()).includes('qr_code')) {
    const detector = new detectors({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { default: jsqr } = await import('jsqr');
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    if (!pen || video.videoWidth === 0) return undefined;
    const scale = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
    return jsqr(data, width, height)?.data;
  };
}
